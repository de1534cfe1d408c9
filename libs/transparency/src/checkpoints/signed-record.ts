import { randomUUID } from 'node:crypto';
import { open, readFile, rename, unlink } from 'node:fs/promises';
import { parseCheckpoint, parseNote, type Checkpoint } from '#proofs';
import { type KeySource } from '../keys/key.source.ts';
import { SigningRefusedError } from '../transparency.error.ts';

/**
 * The last checkpoint that was signed, in a file beside the key and thus outside the database: what tells a database
 * that was restored from an older backup, or rewritten, from the one that the key has vouched for.
 */
export class SignedRecord {
  constructor(readonly file: string) {}

  /** @returns null where nothing was signed here yet @throws SigningRefusedError */
  async last(): Promise<Checkpoint | null> {
    try {
      return parseCheckpoint(parseNote(await readFile(this.file)).text);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new SigningRefusedError(
        'record_unreadable',
        `The record of the last checkpoint signed, ${this.file}, cannot be read: ${(error as Error).message}`,
        { cause: error },
      );
    }
  }

  /** MUST be called before the note is given to anybody: on disk when it resolves, whole or not at all. */
  async keep(note: string): Promise<void> {
    const draft = `${this.file}.${randomUUID()}`;
    try {
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(note);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, this.file);
    } catch (error) {
      await unlink(draft).catch(() => undefined);
      throw error;
    }
  }
}

/** Beside the key, and not in the database: what restores the one must not restore the other. */
export function recordFileOf({ file }: KeySource): string {
  return `${file}.last-signed`;
}
