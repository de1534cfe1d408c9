import { createHash } from 'node:crypto';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A source that fails is still asked twice a day: publishers mend their feeds. */
const backOffMaxMs = 12 * hourMs;

export interface PolledSource {
  readonly source: string;
  readonly everyMinutes: number;
}

/**
 * When a source is polled next after a poll that went well. Each source has minutes of its own, by its id, so that a
 * thousand hourly sources are spread over the hour, and stay spread when the process starts anew.
 */
export function nextPollMs({ source, everyMinutes }: PolledSource, nowMs: number): number {
  const everyMs = everyMinutes * minuteMs;
  const offsetMs = Math.floor(fractionOf(source) * everyMs);
  const nextMs = Math.floor((nowMs - offsetMs) / everyMs) * everyMs + everyMs + offsetMs;
  // Right after the first poll, whose minute was no choice of ours, the own minute may be too near.
  return nextMs - nowMs < everyMs / 2 ? nextMs + everyMs : nextMs;
}

/**
 * When it is polled next after a failure: twice as late with each failure in a row, never more often than its own
 * interval, and never before the time that the server asked for.
 * @param failureCount in a row, this one included
 */
export function nextTryMs(
  { source, everyMinutes }: PolledSource,
  failureCount: number,
  retryAfterMs: number | null,
  nowMs: number,
): number {
  const everyMs = everyMinutes * minuteMs;
  const doubledMs = everyMs * 2 ** Math.min(failureCount - 1, 20);
  const waitMs = Math.min(doubledMs, Math.max(backOffMaxMs, everyMs));
  const jitter = 0.9 + 0.2 * fractionOf(`${source} ${failureCount}`);
  return Math.round(nowMs + Math.max(waitMs * jitter, retryAfterMs ?? 0));
}

/** By the age of the item: how long until its page is looked at again. Corrections come early or not at all. */
const checks: readonly { readonly untilAgeMs: number; readonly everyMs: number }[] = [
  { untilAgeMs: 6 * hourMs, everyMs: hourMs },
  { untilAgeMs: 2 * dayMs, everyMs: 6 * hourMs },
  { untilAgeMs: 14 * dayMs, everyMs: dayMs },
  { untilAgeMs: 60 * dayMs, everyMs: 7 * dayMs },
];

/** When an item's page is checked next; null when it is left alone. */
export function nextCheckMs(firstSeenAtMs: number, nowMs: number): number | null {
  const ageMs = nowMs - firstSeenAtMs;
  const check = checks.find(({ untilAgeMs }) => ageMs < untilAgeMs);
  return check === undefined ? null : nowMs + check.everyMs;
}

/** When a page that could not be fetched is tried again. */
export function nextPageTryMs(failureCount: number, retryAfterMs: number | null, nowMs: number): number {
  const waitMs = Math.min(10 * minuteMs * 2 ** Math.min(failureCount - 1, 20), dayMs);
  return nowMs + Math.max(waitMs, retryAfterMs ?? 0);
}

/** Evenly spread over 0 to 1, and always the same for one text. */
function fractionOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
