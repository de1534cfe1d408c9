import { join } from 'node:path';
import { runningPostgresUrl, startPostgres } from '#embedded-postgres';
import { type CommandDatabaseSettings } from './command-database.config.ts';

export interface CommandDatabase {
  readonly url: string;
  /** Stops what was started for this run, and nothing else. */
  readonly release: () => Promise<void>;
}

/** The database of `DATABASE_URL`, else that of the running `npm start`, else the one that it left in `DATA_DIR`. */
export async function openCommandDatabase({
  DATABASE_URL,
  DATA_DIR,
}: CommandDatabaseSettings): Promise<CommandDatabase> {
  const dataDir = join(DATA_DIR, 'postgres');
  const url = DATABASE_URL ?? (await runningPostgresUrl(dataDir));
  if (url !== null) return { url, release: () => Promise.resolve() };
  const postgres = await startPostgres({ dataDir });
  return { url: postgres.url, release: () => postgres.stop() };
}
