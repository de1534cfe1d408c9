import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

const project = join(import.meta.dirname, '../..');
// The reports of the tests are years old: no status shall lapse while one looks at it.
const settled = { FRESHNESS_CHECK_SECONDS: '86400' };

export interface ServiceProcess {
  readonly origin: string;
  readonly pid: number;
  /** What it printed so far. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

/** Starts one of the apps as the user does, from the build, with the given settings. */
export function startApp(app: string, settings: Readonly<Record<string, string>>): ServiceProcess {
  const child: ChildProcess = spawn(process.execPath, [join(project, 'dist/apps', app, 'src/main.js')], {
    cwd: project,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...settled, ...logKeyOf(settings), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return {
    origin: `http://127.0.0.1:${settings['PORT'] ?? ''}`,
    pid: child.pid ?? 0,
    output: () => output,
    signal: (signal) => {
      child.kill(signal);
    },
    exited: new Promise((resolve) => {
      child.once('close', resolve);
    }),
  };
}

let keyFolder: string | null = null;

/** Each database has a log of its own, and whoever is started on it again finds its key. */
function logKeyOf({ DATABASE_URL: url }: Readonly<Record<string, string>>): Record<string, string> {
  if (url === undefined) return {};
  if (keyFolder === null) {
    const folder = mkdtempSync(join(tmpdir(), 'corridor-watch-keys-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    keyFolder = folder;
  }
  const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
  return { LOG_SIGNING_KEY_FILE: join(keyFolder, name, 'signing.key') };
}

/** Waits until the service says that it is ready; fails with its output when it ends before. */
export async function ready(service: ServiceProcess, withinMs = 60_000): Promise<ServiceProcess> {
  let ended = false;
  void service.exited.then(() => {
    ended = true;
  });
  await until(
    'the service is ready',
    async () => {
      if (ended) throw new Error(`The service ended before it was ready:\n${service.output()}`);
      return (await fetch(`${service.origin}/health/ready`).catch(() => null))?.ok === true;
    },
    { withinMs },
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${service.output()}`, { cause: error });
  });
  return service;
}

/** Waits until `npm start` has printed its welcome: a moment after it is ready, and only then the admin key is set. */
export async function welcomed(service: ServiceProcess): Promise<ServiceProcess> {
  await ready(service);
  await until('the welcome is printed', () => service.output().includes('Ctrl-C stops it.'));
  return service;
}

export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return String(port);
}
