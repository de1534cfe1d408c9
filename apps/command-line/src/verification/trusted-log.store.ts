import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, parseCheckpoint, parseNote, parseTrustFile, type TrustFile } from '#proofs';
import { BadInputError } from '../bad-input.error.ts';

/** What a reader keeps of one log between runs: the keys that were pinned, and the heads that were verified. */
export interface TrustedLog {
  /** A trust file; empty before the first use. */
  readonly keys: string;
  /** Signed notes, oldest first. */
  readonly heads: readonly string[];
}

const format = 'corridor-watch-trusted-log/1';
const untrusted: TrustedLog = { keys: '', heads: [] };
/** The first and the latest; an older bundle is known again by its head. */
const headCountMax = 1_000;

/** A file for each log in one folder, which nobody else need read. */
export class TrustedLogStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  path(origin: string): string {
    const hash = createHash('sha256').update(origin).digest('hex').slice(0, 16);
    return join(this.#folder, `${encodeURIComponent(origin).slice(0, 100)}-${hash}.json`);
  }

  /** @throws BadInputError where the file is damaged: to go on as on first use would forget what was trusted */
  async read(origin: string): Promise<TrustedLog> {
    const path = this.path(origin);
    let text;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return untrusted;
      throw new BadInputError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
    }
    try {
      return parsed(text, origin);
    } catch (error) {
      const message = `${path} keeps what was trusted of ${origin}, and is damaged: ${(error as Error).message}`;
      throw new BadInputError(message, { cause: error });
    }
  }

  /** Whole or not at all. @throws BadInputError where it cannot be written */
  async write(origin: string, { keys, heads }: TrustedLog): Promise<void> {
    const path = this.path(origin);
    const kept =
      heads.length > headCountMax ? [...heads.slice(0, 1), ...heads.slice(1 - headCountMax)] : heads;
    const text = `${JSON.stringify({ format, origin, keys, heads: kept }, null, 2)}\n`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(`${path}.${process.pid}`, text, { mode: 0o600 });
      await rename(`${path}.${process.pid}`, path);
    } catch (error) {
      throw new BadInputError(`${path} cannot be written: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** Of notes that were opened before they were kept. */
export function headsOf({ heads }: TrustedLog): readonly Checkpoint[] {
  return heads.map((note) => parseCheckpoint(parseNote(note).text));
}

export function keysOf({ keys }: TrustedLog): TrustFile | null {
  return keys === '' ? null : parseTrustFile(keys);
}

function parsed(text: string, origin: string): TrustedLog {
  const record = JSON.parse(text) as Partial<Record<string, unknown>>;
  const { keys, heads } = record;
  if (record['format'] !== format || record['origin'] !== origin) throw new Error('it is of another kind');
  if (typeof keys !== 'string' || !Array.isArray(heads)) throw new Error('keys or heads are missing');
  const log = { keys, heads: heads.map(String) };
  keysOf(log);
  headsOf(log);
  return log;
}
