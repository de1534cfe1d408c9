import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { exitOf, type Outcome } from './run-command.ts';

const script = join(import.meta.dirname, '../../../scripts/bundle-verifier.mjs');

/** The verifier as one file in a folder where nothing else is, run by Node and nothing else. */
export class VerifierProcess {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<VerifierProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'corridor-watch-verifier-'));
    const { status, stderr } = spawnSync(
      process.execPath,
      [script, join(folder, 'corridor-watch-verify.mjs')],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] },
      },
    );
    if (status !== 0) throw new Error(`The verifier was not bundled: ${stderr}`);
    return new VerifierProcess(folder);
  }

  async run(
    args: readonly string[],
    input: string | Buffer | readonly string[] = '',
    nodeOptions: readonly string[] = [],
  ): Promise<Outcome> {
    const child = spawn(process.execPath, [...nodeOptions, 'corridor-watch-verify.mjs', ...args], {
      cwd: this.folder,
      env: { HOME: this.folder },
    });
    // A bundle that is refused is not read to its end.
    child.stdin
      .on('error', () => undefined)
      .end(typeof input === 'string' || Buffer.isBuffer(input) ? input : input.join(''));
    const [stdout, stderr, exitCode] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      exitOf(child),
    ]);
    return { exitCode, stdout, stderr };
  }

  /** Of `--json`. */
  async record(
    args: readonly string[],
    input: string | Buffer | readonly string[] = '',
  ): Promise<Record<string, unknown>> {
    const { stdout, stderr } = await this.run([...args, '--json', '-'], input);
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  async write(name: string, content: string | readonly string[]): Promise<string> {
    await writeFile(join(this.folder, name), typeof content === 'string' ? content : content.join(''));
    return name;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
