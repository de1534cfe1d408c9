import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataDirectory, unwritable } from './data-directory.ts';
import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import { birthOf, hasEnded, isAlive, worksIn } from './running-process.ts';

const stopWithinMs = 30_000;

/** One process at a time owns a data directory; a second one must not stop the first one's Postgres. */
export async function takeOwnership({ path, ownerFile }: DataDirectory): Promise<void> {
  const pid = await livingOwner(ownerFile);
  if (pid !== null) {
    throw new EmbeddedPostgresError(
      'postgres_directory_in_use',
      `The data directory ${path} is in use by the running process ${pid}; stop that first`,
    );
  }
  try {
    await writeFile(ownerFile, `${process.pid}\n${(await birthOf(process.pid)) ?? ''}`);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** The process that owns the data directory, unless it has ended without giving it up. */
export async function livingOwner(ownerFile: string): Promise<number | null> {
  const [pid, birth] = await readFile(ownerFile, 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
  if (pid === undefined || !isAlive(Number(pid)) || (await birthOf(Number(pid))) !== birth) return null;
  return Number(pid);
}

export async function giveUpOwnership({ ownerFile }: DataDirectory): Promise<void> {
  await rm(ownerFile, { force: true });
}

/** A process that was killed leaves its Postgres running: it is stopped, since its settings may be others. */
export async function stopLeftover({ cluster }: DataDirectory): Promise<void> {
  const pid = await postmasterPid(cluster);
  if (pid === null || !isAlive(pid) || !(await worksIn(pid, cluster))) return;
  process.kill(pid, 'SIGINT');
  if (await hasEnded(pid, stopWithinMs)) return;
  throw new EmbeddedPostgresError(
    'postgres_directory_in_use',
    `An earlier Postgres (process ${pid}) still runs in ${cluster} and does not stop`,
  );
}

export async function isReady(cluster: string, pid: number): Promise<boolean> {
  const lines = await pidFileLines(cluster);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

async function postmasterPid(cluster: string): Promise<number | null> {
  const pid = Number((await pidFileLines(cluster))[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

export function pidFileLines(cluster: string): Promise<string[]> {
  return readFile(join(cluster, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
}
