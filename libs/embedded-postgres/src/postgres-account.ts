import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres.error.ts';

const run = promisify(execFile);

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** How a Postgres program is started: `command …args program …its arguments`. */
export interface Launcher {
  /** Null: as the user we are. */
  readonly account: Account | null;
  readonly prefix: readonly string[];
}

/** Postgres refuses to run as root, so root lends it another account. */
export async function accountFor(clusterDir: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  return (
    (await ownerOf(clusterDir)) ??
    (await accountNamed('postgres')) ??
    (await accountNamed('nobody')) ??
    none()
  );
}

/** @param paths what the account must reach: the binaries and the data directory, all existing */
export async function launcherFor(account: Account | null, paths: readonly string[]): Promise<Launcher> {
  if (account === null) return { account, prefix: [] };
  const barrier = await firstBarrier(account, paths);
  if (barrier === null) return { account, prefix: [] };
  const prefix = await withAccessToEverything(account, barrier);
  return { account: null, prefix };
}

/** A cluster that exists must go on under the account that owns its files. */
async function ownerOf(path: string): Promise<Account | null> {
  const owner = await stat(path).catch(() => null);
  return owner === null || owner.uid === 0 ? null : { uid: owner.uid, gid: owner.gid };
}

async function accountNamed(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

function none(): never {
  throw new EmbeddedPostgresError(
    'postgres_refuses_root',
    'Postgres refuses to run as root, and there is no user "postgres" or "nobody" to run it as; start as another user',
  );
}

async function firstBarrier(account: Account, paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
      const entry = await stat(folder);
      if (entry.isDirectory() && !mayTraverse(account, entry)) return folder;
    }
  }
  return null;
}

function mayTraverse({ uid, gid }: Account, folder: Account & { readonly mode: number }): boolean {
  if (folder.uid === uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

/** A checkout under /root (0700) is common; this one capability lets the account pass without loosening modes. */
async function withAccessToEverything({ uid, gid }: Account, barrier: string): Promise<readonly string[]> {
  for (const setpriv of ['/usr/bin/setpriv', '/bin/setpriv']) {
    if (!(await isExecutable(setpriv))) continue;
    const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
    const capabilities = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
    const prefix = [setpriv, ...identity, ...capabilities];
    const works = await run(setpriv, [...prefix.slice(1), 'ls', barrier]).then(
      () => true,
      () => false,
    );
    if (works) return prefix;
  }
  throw new EmbeddedPostgresError(
    'postgres_refuses_root',
    `Postgres refuses to run as root, and the user it would run as cannot enter ${barrier}; ` +
      'start as another user, or move the folder',
  );
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
