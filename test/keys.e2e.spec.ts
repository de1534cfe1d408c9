import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openTrusted, parseTrustFile } from '#proofs';
import { freshDatabase, type FreshDatabase } from './harness/database.ts';
import { freePort, ready, startApp, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';

let database: FreshDatabase;
let folder: string;
let settings: Record<string, string>;
let service: ServiceProcess | null;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-keys-test-'));
  settings = {
    DATABASE_URL: database.url,
    LOG_SIGNING_KEY_FILE: join(folder, 'signing.key'),
    LOG_ORIGIN: 'log.example/corridors',
  };
  service = await ready(startApp('standalone', { ...settings, PORT: await freePort() }));
});

afterAll(async () => {
  service?.signal('SIGTERM');
  await service?.exited;
  await database.drop();
  await rm(folder, { recursive: true });
});

async function keys(args: readonly string[], more: Record<string, string> = {}) {
  const program = join(import.meta.dirname, '../dist/apps/blockade-status/src/keys.js');
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...settings, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

const get = async (path: string) => (await fetch(`${service?.origin ?? ''}/v1/audit/${path}`)).text();

it('hands the log over while the service runs, and what it signed before and after holds by the trust file', async () => {
  await until('something is published', async () =>
    (await get('checkpoint')).startsWith('log.example/corridors'),
  );
  const before = await get('checkpoint');
  const { code, stdout } = await keys(['rotate', '--json']);
  expect(code).toBe(0);
  const rotation = JSON.parse(stdout) as { oldVkey: string; newVkey: string; size: number };
  expect((await get('key')).trim()).toBe(rotation.newVkey);
  const corridor = await fetch(`${service?.origin ?? ''}/v1/audit/log`);
  expect(await corridor.json()).toMatchObject({ vkey: rotation.newVkey });
  const trust = parseTrustFile((await keys(['trust'])).stdout);
  expect(openTrusted(before, trust).logKeys).toHaveLength(1);
  expect(openTrusted(await get('checkpoint'), trust).logKeys).toHaveLength(2);
  const shown = await keys(['show']);
  expect(shown.stdout).toContain(`${rotation.oldVkey}  signed sizes 0 to ${rotation.size}`);
  expect(shown.stdout).toContain(`${rotation.newVkey}  signs since size ${rotation.size}`);
  expect(shown.stdout + stdout).not.toContain('PRIVATE');
});

it.each([
  ['no command', [], {}, 2, /Usage: keys/],
  ['a command that there is not', ['forget'], {}, 2, /unknown command/],
  [
    'a setting that is wrong',
    ['show'],
    { LOG_ORIGIN: 'https://log.example' },
    2,
    /LOG_ORIGIN must be a name/,
  ],
  [
    'a key that is none',
    ['show'],
    { LOG_SIGNING_KEY: 'PRIVATE+KEY+secret' },
    2,
    /^Cannot start: LOG_SIGNING_KEY must be/,
  ],
  ['witnesses that are none', ['show'], { WITNESSES: 'https://w.example' }, 2, /WITNESSES must hold a vkey/],
  ['another origin', ['rotate'], { LOG_ORIGIN: 'log.example/other' }, 1, /a log keeps its origin/],
])('says in one sentence what is wrong: %s', async (_, args, more, code, sentence) => {
  const outcome = await keys(args, more);
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(outcome.stderr).toMatch(sentence);
  expect(outcome.stderr).not.toContain('secret');
});

it('teaches how it is used', async () => {
  const { code, stdout } = await keys(['--help']);
  expect(code).toBe(0);
  for (const word of ['show', 'rotate', 'trust', 'Exit codes', 'LOG_SIGNING_KEY_FILE'])
    expect(stdout).toContain(word);
});

it('does not start a service with a key that others can read, nor with that of another log', async () => {
  service?.signal('SIGTERM');
  await service?.exited;
  service = null;
  const outcome = async (more: Record<string, string>) => {
    const refused = startApp('standalone', { ...settings, ...more, PORT: await freePort() });
    return { code: await refused.exited, output: refused.output() };
  };
  await chmod(join(folder, 'signing.key'), 0o644);
  expect(await outcome({})).toMatchObject({
    code: 1,
    output: expect.stringContaining('chmod 600') as string,
  });
  await chmod(join(folder, 'signing.key'), 0o600);
  const other = await outcome({ LOG_SIGNING_KEY_FILE: join(folder, 'other', 'signing.key') });
  expect(other).toMatchObject({ code: 1, output: expect.stringContaining('there is no key in') as string });
});
