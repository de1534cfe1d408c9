/** The figures of docs/adr: how patient a lane is and how fast it may go. All in milliseconds. */
export interface LanePolicy {
  /** Waits after the first, second … failure; the last one repeats. */
  readonly stepsMs: readonly number[];
  /** A wait is longer or shorter by up to this part of it, so that lanes that failed together do not return so. */
  readonly jitterPart: number;
  readonly inFlightMax: number;
  /** The pace right after a recovery; it doubles each second. */
  readonly rampStartPerSecond: number;
  /** From this pace on the lane is as before. */
  readonly rampEndPerSecond: number;
  /** Tries that one message gets when the endpoint refuses it for its content. */
  readonly messageTryMax: number;
  /** Disabled when nothing was delivered for this long … */
  readonly disableAfterMs: number;
  /** … in at least this many tries. */
  readonly disableTryMin: number;
  readonly noticesAfterMs: readonly number[];
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** @param scale 1 in service; tests shrink every wait but the receiver's own `Retry-After` */
export function lanePolicy({
  scale,
  rampStartPerSecond,
}: {
  scale: number;
  rampStartPerSecond: number;
}): LanePolicy {
  const scaled = (delaysMs: readonly number[]): number[] => delaysMs.map((delayMs) => delayMs * scale);
  return {
    stepsMs: scaled([5 * secondMs, 30 * secondMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs, 15 * minuteMs]),
    jitterPart: 0.2,
    inFlightMax: 2,
    rampStartPerSecond,
    rampEndPerSecond: Math.max(64, rampStartPerSecond),
    messageTryMax: 3,
    disableAfterMs: 120 * hourMs * scale,
    disableTryMin: 10,
    noticesAfterMs: scaled([hourMs, 24 * hourMs, 72 * hourMs]),
  };
}
