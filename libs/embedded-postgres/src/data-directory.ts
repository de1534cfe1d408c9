import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf, EmbeddedPostgresError, reasonOf } from './embedded-postgres.error.ts';
import { type Account, type Launcher } from './postgres-account.ts';

const run = promisify(execFile);

/** `cluster` is what Postgres calls PGDATA; beside it lies what must survive but Postgres must not see. */
export interface DataDirectory {
  readonly path: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly ownerFile: string;
  readonly logFile: string;
}

export function dataDirectoryAt(path: string): DataDirectory {
  return {
    path,
    cluster: join(path, 'cluster'),
    passwordFile: join(path, 'password'),
    ownerFile: join(path, 'owner'),
    logFile: join(path, 'postgres.log'),
  };
}

export async function makeWritable(
  { path, passwordFile }: DataDirectory,
  account: Account | null,
): Promise<void> {
  try {
    await makeFolder(path, 0o700);
    if (account !== null) await chown(path, account.uid, account.gid);
    await writePasswordOnce(passwordFile, account);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

export function unwritable(path: string, cause: unknown): EmbeddedPostgresError {
  const message = `The data directory ${path} cannot be written: ${reasonOf(cause)}`;
  return new EmbeddedPostgresError('postgres_directory_unwritable', message, { cause });
}

async function writePasswordOnce(file: string, account: Account | null): Promise<void> {
  try {
    await writeFile(file, randomBytes(24).toString('base64url'), { flag: 'wx', mode: 0o600 });
    // initdb reads it under the account.
    if (account !== null) await chown(file, account.uid, account.gid);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Not `recursive: true`: Node then never returns where mkdir says ENOENT below a folder that exists, as in /proc. */
async function makeFolder(path: string, mode?: number): Promise<void> {
  if (await exists(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path, { mode });
}

export async function passwordOf({ passwordFile }: DataDirectory): Promise<string> {
  return (await readFile(passwordFile, 'utf8')).trim();
}

/** Made beside its place and then moved, so that a kill half-way leaves no half cluster behind. */
export async function initialiseOnce(
  directory: DataDirectory,
  { initdb, launcher, durable }: { initdb: string; launcher: Launcher; durable: boolean },
): Promise<void> {
  if (await exists(join(directory.cluster, 'PG_VERSION'))) return;
  const unfinished = `${directory.cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const [command = '', ...args] = [...launcher.prefix, initdb, ...initdbArguments(directory, unfinished)];
  try {
    await run(command, durable ? args : [...args, '--no-sync'], {
      ...launcher.account,
      cwd: '/',
      env: { LC_ALL: 'C' },
    });
    await rename(unfinished, directory.cluster);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'postgres_start_failed',
      `Postgres could not set up its files in ${directory.path}: ${reasonOf(cause)}`,
      { cause },
    );
  }
}

function initdbArguments({ passwordFile }: DataDirectory, target: string): string[] {
  return [
    `--pgdata=${target}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    // Sorts by code point like C, on every machine the same, but knows the case of letters beyond ASCII.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
