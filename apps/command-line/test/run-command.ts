import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = join(import.meta.dirname, '../src/main.ts');

/** Starts the command line from its source, as a process of its own. */
export function startCommand(
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): ChildProcessWithoutNullStreams {
  const node = ['--no-warnings', '--experimental-transform-types', '--conditions=source', ...nodeOptions];
  // Jest's own options would be no good to it.
  return spawn(process.execPath, [...node, main, ...args], { env: { PATH: process.env['PATH'] } });
}

export async function runCommand(args: readonly string[], input: string | Buffer = ''): Promise<Outcome> {
  const child = startCommand(args);
  // A command that stops early leaves its input unread.
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exitOf(child),
  ]);
  return { exitCode, stdout, stderr };
}

export function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', resolve);
  });
}

/** A folder for the files of one test file. */
export class Folder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async make(): Promise<Folder> {
    return new Folder(await mkdtemp(join(tmpdir(), 'corridor-watch-command-')));
  }

  /** Writes a file and answers its path; anything but text goes in as JSON. */
  async write(name: string, content: unknown): Promise<string> {
    const path = join(this.#path, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** A folder in it. */
  async folder(name: string): Promise<string> {
    const path = join(this.#path, name);
    await mkdir(path, { recursive: true });
    return path;
  }

  path(name: string): string {
    return join(this.#path, name);
  }

  async remove(): Promise<void> {
    await rm(this.#path, { recursive: true });
  }
}
