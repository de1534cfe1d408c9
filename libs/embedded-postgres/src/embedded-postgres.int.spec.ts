import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startPostgres } from './embedded-postgres.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { isAlive } from './running-process.ts';
import { runningPostgresUrl } from './running-postgres.ts';

const quick = { fsync: 'off' };
let folder: string;
let dataDir: string;
const started: EmbeddedPostgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-postgres-'));
  dataDir = join(folder, 'data');
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(port?: number): Promise<EmbeddedPostgres> {
  const server = await startPostgres({
    dataDir,
    serverSettings: quick,
    ...(port === undefined ? {} : { port }),
  });
  started.push(server);
  return server;
}

async function ask(server: EmbeddedPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ answer: unknown }>(sql);
  await client.end();
  return rows[0]?.answer;
}

it('keeps data and password over a stop and a start, on the port that is asked for', async () => {
  const first = await start();
  await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  const second = await start(first.port);
  expect(second.url).toBe(first.url);
  expect(await ask(second, 'SELECT answer FROM kept')).toBe(42);
}, 30_000);

it('tells a command beside it where it runs, and nothing when it does not', async () => {
  expect(await runningPostgresUrl(dataDir)).toBeNull();
  const server = await start();
  expect(await runningPostgresUrl(dataDir)).toBe(server.url);
  await server.stop();
  expect(await runningPostgresUrl(dataDir)).toBeNull();
}, 30_000);

it('stores UTF-8, sorts by code point, and listens on the loopback alone', async () => {
  const server = await start();
  expect(
    await ask(server, `SELECT string_agg(t, '' ORDER BY t) AS answer FROM unnest('{ä,Z,a}'::text[]) t`),
  ).toBe('Zaä');
  expect(await ask(server, `SELECT current_setting('listen_addresses') AS answer`)).toBe('127.0.0.1');
}, 30_000);

it('keeps the password where only the owner can read it', async () => {
  await start();
  expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
}, 30_000);

it('replaces the Postgres that a killed process left running', async () => {
  const first = await start();
  started.pop();
  await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await pretendThatTheOwnerWasKilled();
  const second = await start();
  await first.ended;
  expect(isAlive(first.pid)).toBe(false);
  expect(await ask(second, 'SELECT answer FROM kept')).toBe(42);
}, 30_000);

it('starts again at once after its server was killed', async () => {
  const first = await start();
  await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const idle = new pg.Client({ connectionString: first.url });
  idle.on('error', () => undefined);
  await idle.connect();
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  const second = await start(first.port);
  expect(await ask(second, 'SELECT answer FROM kept')).toBe(42);
}, 30_000);

it('leaves alone a process that has the pid of the old postmaster by chance', async () => {
  const first = await start();
  await first.stop();
  started.pop();
  const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  try {
    await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), `${bystander.pid}\n${dataDir}/cluster\n`);
    await start();
    expect(isAlive(bystander.pid!)).toBe(true);
  } finally {
    bystander.kill('SIGKILL');
    await once(bystander, 'exit');
  }
}, 30_000);

it('refuses a data directory that a living process uses', async () => {
  const server = await start();
  await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'postgres_directory_in_use' });
  expect(await ask(server, 'SELECT 1 AS answer')).toBe(1);
}, 30_000);

it('names a taken port', async () => {
  const neighbour = createServer().listen(0, '127.0.0.1');
  await once(neighbour, 'listening');
  const { port } = neighbour.address() as { port: number };
  await expect(start(port)).rejects.toMatchObject({
    code: 'postgres_port_taken',
    message: expect.stringContaining(`Port ${port} of 127.0.0.1`) as string,
  });
  neighbour.close();
}, 30_000);

it('names a data directory that cannot be written', async () => {
  await writeFile(join(folder, 'a-file'), '');
  dataDir = join(folder, 'a-file', 'data');
  await expect(start()).rejects.toMatchObject({
    code: 'postgres_directory_unwritable',
    message: expect.stringContaining(dataDir) as string,
  });
});

it('says what to do where there is no Postgres for the machine', async () => {
  await expect(postgresBinaries('aix', 'ppc64')).rejects.toMatchObject({
    code: 'postgres_unsupported_platform',
    message: expect.stringContaining('DATABASE_URL') as string,
  });
});

it('does not die of a signal that the terminal sends to our process group', async () => {
  const server = await start();
  expect(await processGroupOf(server.pid)).toBe(String(server.pid));
}, 30_000);

async function pretendThatTheOwnerWasKilled(): Promise<void> {
  const ended = spawn(process.execPath, ['-e', '']);
  await once(ended, 'exit');
  await writeFile(join(dataDir, 'owner'), `${ended.pid}\nlong ago`);
}

async function processGroupOf(pid: number): Promise<string> {
  const ps = spawn('ps', ['-o', 'pgid=', '-p', String(pid)]);
  let output = '';
  ps.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(ps, 'close');
  return output.trim();
}
