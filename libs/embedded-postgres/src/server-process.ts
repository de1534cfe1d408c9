import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type DataDirectory } from './data-directory.ts';
import { EmbeddedPostgresError } from './embedded-postgres.error.ts';
import { isReady } from './leftover.ts';
import { type Launcher } from './postgres-account.ts';

export type ServerSettings = Readonly<Record<string, string | number | boolean>>;

export interface Launch {
  readonly program: string;
  readonly launcher: Launcher;
  readonly directory: DataDirectory;
  readonly port: number;
  readonly settings: ServerSettings;
  readonly logFile: string;
}

const readyWithinMs = 60_000;
const orphansEndWithinMs = 10_000;
const fastShutdownWithinMs = 20_000;
const logBytesMax = 10_000_000;

type Server = ChildProcess & { readonly pid: number };

/** Answers the server once it takes connections. */
export async function startServer(launch: Launch): Promise<Server> {
  const deadline = Date.now() + orphansEndWithinMs;
  for (;;) {
    const server = await spawnServer(launch);
    const failure = await untilReady(server, launch);
    if (failure === null) return server as Server;
    // Backends of a killed postmaster notice its death a moment later.
    const orphans = failure.includes('shared memory block');
    if (!orphans || Date.now() > deadline) {
      throw new EmbeddedPostgresError('postgres_start_failed', `Postgres did not start: ${failure}`);
    }
    await pause(100);
  }
}

async function spawnServer({
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

function serverArguments(port: number, settings: ServerSettings): string[] {
  const all = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: false,
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Answers null when it is ready, else why it is not. Postgres writes its state into its pid file; asking it by
 * connecting would fill its log with refusals.
 */
async function untilReady(server: ChildProcess, { directory, logFile }: Launch): Promise<string | null> {
  const failure = new Promise<string>((resolve) => {
    server.once('error', ({ message }) => {
      resolve(message);
    });
    server.once('exit', () => {
      resolve(lastWords(logFile));
    });
  });
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const reason = await Promise.race([failure, pause(25, null)]);
    if (reason !== null) return reason;
    if (server.pid !== undefined && (await isReady(directory.cluster, server.pid))) return null;
  }
  server.kill('SIGQUIT');
  return `it was not ready within ${readyWithinMs / 1_000} s`;
}

async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
  const fatal = lines.findLast((line) => line.includes('FATAL:'))?.replace(/^.*FATAL:\s*/, '');
  return fatal ?? lines.at(-1) ?? 'it wrote no log';
}

export function whenEnded(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    server.once('exit', () => {
      resolve();
    });
  });
}

/** SIGINT is Postgres's fast shutdown: clients are dropped, everything is flushed. */
export async function stopServer(server: ChildProcess, ended: Promise<void>): Promise<void> {
  server.kill('SIGINT');
  // Ending without a checkpoint is safe too: the next start replays the log of the last seconds.
  const impatience = setTimeout(() => server.kill('SIGQUIT'), fastShutdownWithinMs);
  await ended;
  clearTimeout(impatience);
}

function isLarge(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > logBytesMax,
    () => false,
  );
}
