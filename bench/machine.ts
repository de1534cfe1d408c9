import { availableParallelism, loadavg } from 'node:os';

/** Figures say little without the machine they were taken on. */
export function machineLine(): string {
  return `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`;
}
