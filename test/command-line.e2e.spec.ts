import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const project = join(import.meta.dirname, '..');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-e2e-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Both ways in which a person starts it, in a folder of their own where that is possible. */
it.each([
  ['npx corridor-watch', process.execPath, [join(project, 'scripts/corridor-watch.mjs'), 'code']],
  ['npm run code', 'npm', ['run', '--silent', '--prefix', project, 'code', '--']],
])(
  '%s writes records and nothing else to stdout, and hands the exit code on',
  async (_name, command, args) => {
    const corridors = join(folder, 'corridors.json');
    await writeFile(corridors, JSON.stringify([{ id: 'lachin-corridor', name: 'Lachin corridor' }]));
    const child = spawn(command, [...args, '--corridors', corridors], { cwd: folder });
    const exited = new Promise((resolve) => {
      child.once('close', resolve);
    });
    const body = 'France said the Lachin corridor is blocked.';
    const record = { id: 'a', publisher: 'Valley Herald', publishedAt: '2023-01-20', body };
    child.stdin.end(`${JSON.stringify(record)}\nnonsense\n`);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'a', claims: [{ status: 'blocked', speaker: 'France' }] });
    expect(stderr).toContain('line 2: is not valid JSON');
    expect(await exited).toBe(1);
  },
);

it('hands `recode` on to the program that has the database, with its options and its exit code', async () => {
  const args = [join(project, 'dist/apps/command-line/src/main.js'), 'recode', '--since', 'soon'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = new Promise((resolve) => {
    child.once('close', resolve);
  });
  expect(await text(child.stderr)).toContain("option '--since <moment>' argument 'soon' is invalid");
  expect(await exited).toBe(2);
});
