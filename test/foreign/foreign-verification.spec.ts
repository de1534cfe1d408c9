import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import {
  type ForeignCheck,
  largeTreeChecks,
  noteChecks,
  smallTreeChecks,
  tileChecks,
} from './foreign-checks.ts';

const hasGo = spawnSync('go', ['version']).status === 0;
const isNeeded = process.env['CI'] === 'true';
if (!hasGo && !isNeeded) console.warn('Go is not on this machine: nothing was checked by code of others.');

const foreign = hasGo || isNeeded ? describe : describe.skip;
foreign('golang.org/x/mod/sumdb agrees, and refuses each altered twin, of', () => {
  let folder: string;
  let program: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'corridor-watch-foreign-'));
    program = join(folder, 'foreign');
    const { status, stderr, error } = spawnSync('go', ['build', '-o', program, '.'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    });
    if (error !== undefined)
      throw new Error('Go is needed in CI to check the proofs by code of others', { cause: error });
    if (status !== 0) throw new Error(`The Go program was not built: ${stderr}`);
  }, 300_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function counted(checks: Iterable<ForeignCheck> | AsyncIterable<ForeignCheck>) {
    const child = spawn(program, { stdio: 'pipe' });
    const lines = async function* () {
      for await (const check of checks) yield `${JSON.stringify(check)}\n`;
    };
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      pipeline(Readable.from(lines()), child.stdin),
    ]);
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Record<string, number>;
  }

  it('every inclusion and every consistency up to 300 leaves', async () => {
    const pairCount = (300 * 301) / 2;
    expect(await counted(smallTreeChecks(300))).toEqual({
      'inclusion true': pairCount,
      'inclusion false': pairCount,
      'consistency true': pairCount,
      'consistency false': pairCount,
    });
  }, 120_000);

  it('random proofs from tiles, up to 1,000,000 leaves', async () => {
    expect(await counted(largeTreeChecks(1_000_000, 500))).toMatchObject({
      'inclusion true': 500,
      'consistency false': 500,
    });
  }, 120_000);

  it('notes, checkpoints and cosignatures', async () => {
    expect(await counted(noteChecks(100))).toEqual({
      'note true': 300,
      'note false': 400,
      'cosignature true': 100,
      'cosignature false': 100,
    });
  });

  it('the paths of tiles', async () => {
    expect(await counted(tileChecks(1_000))).toEqual({ 'tile true': 1_000, 'tile false': 1_000 });
  });
});
