import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const project = join(import.meta.dirname, '../..');

export interface ReplayProcess {
  kill(signal: 'SIGKILL' | 'SIGINT'): void;
  /** Exit code, null after a kill, and what it wrote. */
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** `npm run replay` from the build, with only the given settings. */
export function startReplay(
  settings: Readonly<Record<string, string>>,
  ...args: readonly string[]
): ReplayProcess {
  const child = spawn(process.execPath, [join(project, 'dist/apps/standalone/src/replay.js'), ...args], {
    cwd: project,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const written = Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    kill: (signal) => child.kill(signal),
    // A Postgres that a killed one leaves behind keeps its stderr open.
    ended: code.then(async (ended) => {
      if (ended === null) return { code: null, stdout: '', stderr: '' };
      const [stdout, stderr] = await written;
      return { code: ended, stdout, stderr };
    }),
  };
}
