import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The latest checkpoint that was cosigned of each log, as the signed note that it came with: one file a log, named by the
 * SHA-256 of its origin.
 */
export class HeadStore {
  constructor(private readonly directory: string) {}

  /** @returns null when nothing of the log was ever cosigned */
  async read(origin: string): Promise<string | null> {
    try {
      return await readFile(this.fileOf(origin), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Returns when the disk has it: whoever gets a cosignature MUST find us on this head after any crash. */
  async keep(origin: string, note: string): Promise<void> {
    const file = this.fileOf(origin);
    await mkdir(this.directory, { recursive: true });
    await writeThrough(`${file}.new`, note);
    await rename(`${file}.new`, file);
    await flush(this.directory);
  }

  private fileOf(origin: string): string {
    return join(this.directory, `${originHash(origin)}.checkpoint`);
  }
}

/** Lower-case hex, as the addresses of a witness name a log. */
export function originHash(origin: string): string {
  return createHash('sha256').update(origin).digest('hex');
}

async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is on disk when its directory is. */
async function flush(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
