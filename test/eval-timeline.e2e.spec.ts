import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { until } from './harness/until.ts';

const program = join(import.meta.dirname, '../dist/apps/command-line/src/main.js');
const source = (page: string) => `https://valley-herald.example/${page}`;

const reference = {
  corridor: 'valley-road',
  name: 'Valley road',
  timezone: 'UTC',
  primaryTraffic: 'civilian road traffic',
  segments: [
    {
      from: '2023-01-01',
      to: '2023-01-03',
      status: 'open',
      evidence: [{ date: '2023-01-01', fact: 'The Valley road is open', source: source('a') }],
    },
    {
      from: '2023-01-04',
      to: '2023-01-06',
      status: 'blocked',
      evidence: [{ date: '2023-01-04', fact: 'The Valley road is blocked', source: source('b') }],
    },
  ],
  disputed: [
    {
      date: '2023-01-05',
      speaker: 'Germany',
      claims: 'open',
      claim: 'the Valley road is open',
      source: source('c'),
    },
  ],
};

let folder: string;
let corridors: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-e2e-'));
  corridors = await written('corridors.json', [{ id: 'valley-road', parties: ['Germany'] }]);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function start(...options: readonly string[]) {
  // What it leaves behind would lie in this folder.
  return spawn(process.execPath, [program, 'eval-timeline', '--corridors', corridors, ...options], {
    env: { PATH: process.env['PATH'], TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function outcomeOf(child: ReturnType<typeof start>) {
  const exited = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr, exitCode: await exited };
}

async function evalTimeline(...options: readonly string[]) {
  return outcomeOf(start(...options));
}

async function written(name: string, content: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(content));
  return file;
}

it('scores the days that an instance derives of the facts, and leaves nothing behind', async () => {
  const file = await written('reference.json', reference);
  const { stdout, stderr, exitCode } = await evalTimeline('--reference', file, '--json');
  expect({ stderr, exitCode }).toEqual({ stderr: 'valley-road (1 of 1) …\n', exitCode: 0 });
  expect(JSON.parse(stdout)).toMatchObject({
    corridor: 'valley-road',
    days: 6,
    missingDays: 0,
    perStatus: 1,
    changes: { expected: 1, hits: 1, f1: 1 },
    disputedNotFollowed: 1,
  });
  expect((await readdir(folder)).sort()).toEqual(['corridors.json', 'reference.json']);
});

it('names statements that are refused, scores the rest, and puts references side by side', async () => {
  const [first, second] = reference.segments;
  const evidence = [{ date: '2023-01-04', fact: 'The Valley road is blocked', source: 'no address' }];
  const files = [
    await written('one.json', reference),
    await written('other.json', { ...reference, segments: [first, { ...second, evidence }] }),
  ];
  const { stdout, stderr, exitCode } = await evalTimeline(...files.flatMap((file) => ['--reference', file]));
  expect(stderr).toContain('valley-road: 2023-01-04 "The Valley road is blocked." was refused: ');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^valley-road +1\.000/m);
  expect(stdout).toMatch(/^2023-01-04 to 2023-01-06: expected blocked, derived \w+, credit 0\.000$/m);
  expect(stdout).toMatch(/^mean +0\.750/m);
});

it('looks at every file before it starts anything', async () => {
  const good = await written('good.json', reference);
  const bad = await written('bad.json', { ...reference, segments: [] });
  const outcome = await evalTimeline('--reference', good, '--reference', bad);
  expect(outcome).toEqual({ exitCode: 2, stdout: '', stderr: `${bad}: segments: holds no segment\n` });
});

it('takes its instance and its folder away when it is stopped', async () => {
  const child = start('--reference', await written('reference.json', reference));
  const outcome = outcomeOf(child);
  const scratch = async () => (await readdir(folder)).find((name) => name.startsWith('corridor-watch-eval-'));
  await until('the instance has a folder', scratch);
  child.kill('SIGTERM');
  expect(await outcome).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: 'valley-road (1 of 1) …\nInterrupted.\n',
  });
  expect(await scratch()).toBeUndefined();
});
