import { access, constants, mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openKeyFile } from '#key-file';
import { formatSkey, formatVkey, parseSkey, type SignerKey } from '#proofs';
import { TransparencyError } from '../transparency.error.ts';
import { freshLogKey, freshOrigin } from './log-key.ts';

/** Where the key comes from: the settings, or a file that is made where there is none. */
export interface KeySource {
  /** From the environment; then the file holds no key, and only the record of what was signed lies beside it. */
  readonly given: SignerKey | null;
  readonly file: string;
  /** The name that the operator wants; that of the key where none is given. */
  readonly origin: string | null;
}

/**
 * The key to sign with. A new one is made only for a log that nobody has signed yet.
 * @param current the vkey that the log is signed with, as the database knows it; null for a new log
 * @throws TransparencyError, KeyFileError
 */
export async function loadKey(source: KeySource, current: string | null): Promise<SignerKey> {
  await demandFolder(source.file);
  const key = source.given ?? (await keyOfFile(source, current));
  const { name } = key.verifierKey;
  if (source.origin === null || source.origin === name) return key;
  throw new TransparencyError(
    'origin_differs',
    `LOG_ORIGIN is "${source.origin}", but the signing key is that of "${name}": a log keeps its origin.`,
  );
}

/** Where a rotation puts the key that takes over, until the database says that it has. */
export function nextKeyFile({ file }: KeySource): string {
  return `${file}.next`;
}

/**
 * Puts the key that has taken over in the place of the old one. A rotation that ended between its commit and this is
 * ended by whoever loads the key next.
 */
export async function finishRotation(source: KeySource, current: string | null): Promise<void> {
  const next = nextKeyFile(source);
  if (current === null || !(await isThere(next))) return;
  const key = await keyIn(next, () => {
    throw new TransparencyError('key_missing', `The key file ${next} vanished.`);
  });
  if (formatVkey(key.verifierKey) === current) await rename(next, source.file);
}

/** @param make the key, where the file is not there */
export async function keyIn(file: string, make: () => SignerKey): Promise<SignerKey> {
  const { text } = await openKeyFile(file, () => formatSkey(make()));
  try {
    return parseSkey(text);
  } catch (error) {
    const { message } = error as Error;
    throw new TransparencyError('bad_key', `The file ${file} holds no signing key: ${message}`, {
      cause: error,
    });
  }
}

async function keyOfFile(source: KeySource, current: string | null): Promise<SignerKey> {
  const { file, origin } = source;
  await finishRotation(source, current);
  return keyIn(file, () => {
    if (current === null) return freshLogKey(origin ?? freshOrigin());
    throw new TransparencyError(
      'key_missing',
      `This log is signed with ${current}, and there is no key in ${file}: put it back, or name it by LOG_SIGNING_KEY_FILE or LOG_SIGNING_KEY.`,
    );
  });
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

/** Also with a key from the environment: the record of what was signed is kept there. */
async function demandFolder(file: string): Promise<void> {
  const folder = dirname(file);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new TransparencyError(
      'folder_unusable',
      `The folder ${folder} of LOG_SIGNING_KEY_FILE cannot be written (${code}).`,
      { cause: error },
    );
  }
}
