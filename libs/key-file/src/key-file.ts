import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface KeyFile {
  /** What the file holds, without white space around it. */
  readonly text: string;
  /** Whether it was made just now. */
  readonly created: boolean;
}

/** The message names the file and says what to do. */
export class KeyFileError extends Error {
  readonly code = 'bad_key_file';
}

/**
 * Reads a secret key from its file; where there is none, makes one. Of several processes that begin at once all get the
 * same key. The file is readable by its owner alone, and refused when others can read it.
 * @param make gives the text of a new key
 * @throws KeyFileError
 */
export async function openKeyFile(file: string, make: () => string): Promise<KeyFile> {
  const known = await readKeyFile(file);
  if (known !== null) return { text: known, created: false };
  const text = make();
  if (await createKeyFile(file, text)) return { text, created: true };
  return openKeyFile(file, make);
}

async function readKeyFile(file: string): Promise<string | null> {
  try {
    const { mode } = await stat(file);
    // Windows has no such bits and shows them all.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new KeyFileError(
        `The key file ${file} can be read by others (mode ${(mode & 0o777).toString(8)}): chmod 600 it.`,
      );
    const text = (await readFile(file, 'utf8')).trim();
    if (text === '') throw new KeyFileError(`The key file ${file} is empty.`);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (error instanceof KeyFileError) throw error;
    throw new KeyFileError(`The key file ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Written aside and then linked, so that nobody ever reads half a key. @returns false when another was first */
async function createKeyFile(file: string, text: string): Promise<boolean> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(aside, 'wx', 0o600);
    await handle.writeFile(`${text}\n`);
    await handle.sync();
    await handle.close();
    await link(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new KeyFileError(`The key file ${file} cannot be made: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await rm(aside, { force: true });
  }
}
