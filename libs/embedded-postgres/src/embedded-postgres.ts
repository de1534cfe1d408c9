import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type DataDirectory,
  dataDirectoryAt,
  initialiseOnce,
  makeWritable,
  passwordOf,
} from './data-directory.ts';
import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import { giveUpOwnership, isReady, stopLeftover, takeOwnership } from './leftover.ts';
import { loopbackPort } from './loopback-port.ts';
import { accountFor, type Launcher, launcherFor } from './postgres-account.ts';
import { postgresBinaries } from './postgres-binaries.ts';

export interface EmbeddedPostgresSettings {
  /** Made when missing. Holds the cluster, the password and the log. */
  readonly dataDir: string;
  /** A free one when not given. */
  readonly port?: number;
  readonly serverSettings?: Readonly<Record<string, string | number | boolean>>;
  /** Default: `postgres.log` in the data directory; begun anew when it is over 10 MB. */
  readonly logFile?: string;
}

export interface EmbeddedPostgres {
  /** With the password, as a superuser. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const readyWithinMs = 60_000;
const fastShutdownWithinMs = 20_000;
const logBytesMax = 10_000_000;

/** Starts a real Postgres on 127.0.0.1 over a data directory that outlives it. */
export async function startPostgres(settings: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const directory = dataDirectoryAt(resolve(settings.dataDir));
  const binaries = await postgresBinaries();
  const account = await accountFor(directory.cluster);
  await makeWritable(directory, account);
  await takeOwnership(directory);
  try {
    await stopLeftover(directory);
    const port = await loopbackPort(settings.port);
    const launcher = await launcherFor(account, [binaries.postgres, directory.path]);
    const durable = !isOff(settings.serverSettings?.['fsync']);
    await initialiseOnce(directory, { initdb: binaries.initdb, launcher, durable });
    const logFile = settings.logFile ?? directory.logFile;
    const server = await launch({ program: binaries.postgres, launcher, directory, port, settings, logFile });
    const pid = await untilReady(server, directory, logFile);
    const ended = whenEnded(server);
    const url = `postgres://postgres:${await passwordOf(directory)}@127.0.0.1:${port}/postgres`;
    return { url, port, pid, ended, stop: () => stop(server, ended, directory) };
  } catch (error) {
    await giveUpOwnership(directory);
    throw error;
  }
}

interface Launch {
  readonly program: string;
  readonly launcher: Launcher;
  readonly directory: DataDirectory;
  readonly port: number;
  readonly settings: EmbeddedPostgresSettings;
  readonly logFile: string;
}

async function launch({
  program,
  launcher,
  directory,
  port,
  settings,
  logFile,
}: Launch): Promise<ChildProcess> {
  const [command, ...args] = [...launcher.prefix, program, '-D', directory.cluster] as const;
  const log = await open(logFile, (await isLarge(logFile)) ? 'w' : 'a', 0o600);
  try {
    return spawn(command, [...args, ...serverArguments(port, settings)], {
      ...launcher.account,
      cwd: '/',
      env: { LC_ALL: 'C' },
      stdio: ['ignore', log.fd, log.fd],
      // A process group of its own: a terminal's Ctrl-C must reach us first, so that we stop in order.
      detached: true,
    });
  } finally {
    await log.close();
  }
}

function serverArguments(port: number, { serverSettings }: EmbeddedPostgresSettings): string[] {
  const all = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: false,
    ...serverSettings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Postgres writes its state into its pid file; asking it by connecting would fill its log with refusals. */
async function untilReady(server: ChildProcess, directory: DataDirectory, logFile: string): Promise<number> {
  const failure = new Promise<Error>((resolve) => {
    server.once('error', resolve);
    server.once('exit', () => {
      resolve(new Error('it ended at once'));
    });
  });
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const failed = await Promise.race([failure, pause(25, null)]);
    if (failed !== null) return refuse(await lastWords(logFile), failed);
    if (server.pid !== undefined && (await isReady(directory.cluster, server.pid))) return server.pid;
  }
  server.kill('SIGQUIT');
  return refuse(`it was not ready within ${readyWithinMs / 1_000} s`);
}

function refuse(reason: string, cause?: Error): never {
  throw new EmbeddedPostgresError('postgres_start_failed', `Postgres did not start: ${reason}`, { cause });
}

async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
  const fatal = lines.findLast((line) => line.includes('FATAL:'))?.replace(/^.*FATAL:\s*/, '');
  return fatal ?? lines.at(-1) ?? 'it wrote no log';
}

function whenEnded(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    server.once('exit', () => {
      resolve();
    });
  });
}

/** SIGINT is Postgres's fast shutdown: clients are dropped, everything is flushed. */
async function stop(server: ChildProcess, ended: Promise<void>, directory: DataDirectory): Promise<void> {
  server.kill('SIGINT');
  // Ending without a checkpoint is safe too: the next start replays the log of the last seconds.
  const impatience = setTimeout(() => server.kill('SIGQUIT'), fastShutdownWithinMs);
  await ended;
  clearTimeout(impatience);
  await giveUpOwnership(directory);
}

function isLarge(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > logBytesMax,
    () => false,
  );
}

function isOff(setting: string | number | boolean | undefined): boolean {
  return setting === false || setting === 'off';
}
