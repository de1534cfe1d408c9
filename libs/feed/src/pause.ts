import { setTimeout as delay } from 'node:timers/promises';

/** Waits, or returns at once when the signal is given. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    // Nothing else rejects a timer but its signal.
  }
}

const firstMs = 50;
const longestMs = 5_000;

/** How long to wait after the n-th failure in a row, the first being 1. */
export function backoffMs(failureCount: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(failureCount - 1, 20));
}

/** Waits for work whose failure changes nothing, but not for ever. */
export async function withinOrGiveUp(ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work.catch(() => undefined), pause(ms, done.signal)]);
  done.abort();
}
