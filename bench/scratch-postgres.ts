import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '#embedded-postgres';

export interface ScratchPostgres {
  /** Makes an empty database and answers its URL. */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** A Postgres with the settings of `npm start`, fsync on, whose data goes when it stops. */
export async function scratchPostgres(): Promise<ScratchPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'corridor-watch-bench-'));
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    serverSettings: { shared_buffers: '128MB', max_wal_size: '512MB', jit: 'off' },
  });
  return {
    async database(name) {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      const url = new URL(postgres.url);
      url.pathname = name;
      return url.href;
    },
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
