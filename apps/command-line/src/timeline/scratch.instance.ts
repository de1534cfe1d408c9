import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instanceEnvironment } from './instance.config.ts';
import { InstanceError } from './instance.error.ts';
import { InstanceApi } from './instance.api.ts';

/** As a process of its own, as `npm start` does: apps do not import apps. */
const program = join(import.meta.dirname, '../../../standalone/src/main.js');

/**
 * Runs a whole instance on a database of its own, in a temporary folder and on a free port, for as long as it is used.
 * @throws InstanceError
 */
export async function withScratchInstance<Answer>(
  use: (api: InstanceApi) => Promise<Answer>,
): Promise<Answer> {
  const interrupted = new AbortController();
  // Dying at once would leave a database behind.
  const interrupt = (): void => {
    interrupted.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const folder = await scratchFolder();
  try {
    return await runIn(folder, use, interrupted.signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function runIn<Answer>(
  folder: string,
  use: (api: InstanceApi) => Promise<Answer>,
  interrupted: AbortSignal,
): Promise<Answer> {
  const port = await freePort();
  const key = `cw_${randomBytes(24).toString('base64url')}`;
  if (interrupted.aborted) throw new InstanceError('Interrupted.');
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env: instanceEnvironment({ port, dataDir: folder, key }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const over = new AbortController();
  interrupted.addEventListener('abort', () => child.kill('SIGTERM'));
  try {
    const api = new InstanceApi(`http://127.0.0.1:${port}`, key, over.signal);
    return await Promise.race([endOf(child, interrupted), api.untilApplied().then(() => use(api))]);
  } finally {
    over.abort();
    child.kill('SIGTERM');
    await ended;
  }
}

async function scratchFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'corridor-watch-eval-'));
  } catch (error) {
    throw new InstanceError(`There is no room for a database: ${(error as Error).message}`, { cause: error });
  }
}

/** Never resolves. */
async function endOf(child: ChildProcess, interrupted: AbortSignal): Promise<never> {
  let output = '';
  const listen = (chunk: Buffer): void => {
    output = `${output}${chunk.toString()}`.slice(-outputCharactersMax);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  await once(child, 'close');
  const why = interrupted.aborted
    ? 'Interrupted.'
    : `The instance has ended before its time:\n${output.trim()}`;
  throw new InstanceError(why);
}

const outputCharactersMax = 4_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
