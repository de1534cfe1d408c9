import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const project = join(import.meta.dirname, '../..');

export interface RecodeProcess {
  kill(): void;
  /** Exit code, null after a kill, and what it wrote. */
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** `npm run recode` from the build, with only the given settings. */
export function startRecode(
  settings: Readonly<Record<string, string>>,
  ...args: readonly string[]
): RecodeProcess {
  const child = spawn(process.execPath, [join(project, 'dist/apps/ingestion/src/recode.js'), ...args], {
    cwd: project,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const written = Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    kill: () => child.kill('SIGKILL'),
    ended: written.then(async ([stdout, stderr]) => ({ code: await code, stdout, stderr })),
  };
}
