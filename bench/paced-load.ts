import { setTimeout as pause } from 'node:timers/promises';

/**
 * Sends at a rate that does not wait for the answers: whoever is slow meets the next ones all the same.
 * @returns the answers, in the order of sending
 */
export async function paced<Answer>(
  { ratePerSecond, count }: { ratePerSecond: number; count: number },
  send: (index: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const start = performance.now();
  const sent: Promise<Answer>[] = [];
  while (sent.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - start) * ratePerSecond) / 1_000) + 1);
    while (sent.length < due) sent.push(send(sent.length));
    // Awaited at the end; one that fails meanwhile must not end the process before its reason is told.
    sent.at(-1)?.catch(() => undefined);
    await pause(1);
  }
  return Promise.all(sent);
}

export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
