import { resolve } from 'node:path';
import { dataDirectoryAt, passwordOf } from './data-directory.ts';
import { isReady, livingOwner, pidFileLines } from './leftover.ts';

const portLine = 3;

/**
 * The URL of the Postgres that another process runs over the data directory now; null when none does. For commands
 * that work beside a running service: they MUST NOT start or stop its Postgres.
 */
export async function runningPostgresUrl(dataDir: string): Promise<string | null> {
  const directory = dataDirectoryAt(resolve(dataDir));
  if ((await livingOwner(directory.ownerFile)) === null) return null;
  const lines = await pidFileLines(directory.cluster);
  const port = Number(lines[portLine]);
  if (!(await isReady(directory.cluster, Number(lines[0]))) || !Number.isInteger(port)) return null;
  return `postgres://postgres:${await passwordOf(directory)}@127.0.0.1:${port}/postgres`;
}
