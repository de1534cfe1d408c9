const retryAfterMaxMs = 24 * 60 * 60 * 1_000;

/**
 * How long a server asks us to stay away, from its `Retry-After` in seconds or as a date; null where it asks for
 * nothing sensible. It may ask for a day at most, or a typing error would silence it for good.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const delayMs = /^\d+$/.test(text) ? Number(text) * 1_000 : dateMs(text) - nowMs;
  return delayMs > 0 ? Math.min(delayMs, retryAfterMaxMs) : null;
}

/** RFC 9110: `Sun, 06 Nov 1994 08:49:37 GMT` and its two obsolete forms begin with the name of a day. */
function dateMs(text: string): number {
  return /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : NaN;
}
