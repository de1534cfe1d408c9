import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const project = join(import.meta.dirname, '../..');

/** What the npm scripts of these names run. */
const scripts = {
  recode: ['apps/ingestion/src/recode.js'],
  replay: ['apps/standalone/src/replay.js'],
  verify: ['apps/command-line/src/main.js', 'verify'],
  'verify:ledger': ['apps/command-line/src/ledger-verification/verify-ledger.js'],
} as const;

export interface CommandEnd {
  /** Null after a kill. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandProcess {
  kill(signal?: 'SIGKILL' | 'SIGINT'): void;
  readonly ended: Promise<CommandEnd>;
}

/** An npm script from the build, with only the given settings. */
export function startCommand(
  name: keyof typeof scripts,
  settings: Readonly<Record<string, string>>,
  ...args: readonly string[]
): CommandProcess {
  const [program, ...before] = scripts[name];
  const child = spawn(process.execPath, [join(project, 'dist', program), ...before, ...args], {
    cwd: project,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const written = Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    kill: (signal = 'SIGKILL') => child.kill(signal),
    // A Postgres that a killed one leaves behind keeps its stderr open.
    ended: code.then(async (ended) => {
      if (ended === null) return { code: null, stdout: '', stderr: '' };
      const [stdout, stderr] = await written;
      return { code: ended, stdout, stderr };
    }),
  };
}
