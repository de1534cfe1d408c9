import { availableParallelism, loadavg } from 'node:os';

export const coreCount = availableParallelism();

/** The load of the last minute: figures say little when somebody else used the machine. */
export function loadNow(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
