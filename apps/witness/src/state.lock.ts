import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export class StateInUseError extends Error {
  readonly code = 'state_in_use';
}

/**
 * Two witnesses on one state could each cosign another history, so a directory belongs to one process at a time. A lock
 * that a killed process left is taken over.
 * @returns the function that gives it back
 * @throws StateInUseError
 */
export async function lockState(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'lock');
  for (;;) {
    if (await create(file)) return () => rm(file, { force: true });
    const holder = await readFile(file, 'utf8').catch(() => null);
    if (holder === null) continue;
    if (holder === '' || isAlive(Number(holder)))
      throw new StateInUseError(
        `Cannot start: the process ${holder || '(unknown)'} works on ${directory}; if it is no witness, remove ${file}.`,
      );
    await moveAside(file, holder);
  }
}

async function create(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Of several that find the same stale lock one gets to move it; who moved a fresh one instead steps back. */
async function moveAside(file: string, stale: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readFile(aside, 'utf8');
  if (moved !== stale) {
    await rename(aside, file);
    throw new StateInUseError(`Cannot start: the process ${moved} began to work on this state just now.`);
  }
  await rm(aside);
}
