import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf } from './embedded-postgres.error.ts';

const run = promisify(execFile);

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * When the process began, in the system's own words: tells it from a later one that was given the same pid. Null when
 * it has ended.
 */
export async function birthOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // After the command in parentheses, which may hold spaces, the start time is the 20th field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A killed process whose parent has not asked after it is a zombie: it has a pid, and does nothing any more.
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const started = fields[19] ?? null;
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return `${boot.trim()} ${started}`;
  } catch {
    return run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim() || null,
      () => null,
    );
  }
}

/** A postmaster works in its data directory; where /proc is missing, its command line names it. */
export async function worksIn(pid: number, directory: string): Promise<boolean> {
  const real = await realpath(directory);
  try {
    return (await realpath(`/proc/${pid}/cwd`)) === real;
  } catch {
    return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout.includes(`-D ${directory}`) || stdout.includes(`-D ${real}`),
      () => false,
    );
  }
}

export async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await pause(20);
  }
  return true;
}
