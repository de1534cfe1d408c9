import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startPostgres, type EmbeddedPostgres } from '#embedded-postgres';
import { type StandaloneSettings } from './standalone.config.ts';

export interface Database {
  readonly url: string;
  /** Where the data is; null when the operator gave a database. */
  readonly dataDir: string | null;
  /** Resolves when an embedded Postgres has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** The operator's Postgres when there is one, else an embedded one. */
export async function openDatabase({ DATABASE_URL, DATA_DIR }: StandaloneSettings): Promise<Database> {
  if (DATABASE_URL !== undefined) {
    return {
      url: DATABASE_URL,
      dataDir: null,
      ended: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  }
  const dataDir = resolve(DATA_DIR);
  await demandWritable(dataDir);
  const postgres: EmbeddedPostgres = await startPostgres({
    dataDir: join(dataDir, 'postgres'),
    // The defaults are made for a server of its own; a laptop has other things to do.
    serverSettings: { shared_buffers: '128MB', max_wal_size: '512MB', jit: 'off' },
  });
  return { url: postgres.url, dataDir, ended: postgres.ended, stop: () => postgres.stop() };
}

async function demandWritable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`DATA_DIR ${dataDir} cannot be written (${code ?? 'unknown reason'}); choose another.`, {
      cause: error,
    });
  }
}
