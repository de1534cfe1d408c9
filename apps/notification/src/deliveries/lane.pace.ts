import { type Lane } from './lane.decider.ts';
import { type LanePolicy } from './lane.policy.ts';

/** How many attempts a lane may begin now, and when it should be asked again where the answer depends on the clock. */
export interface Pace {
  readonly startCount: number;
  readonly nextStartAtMs: number | null;
}

const closed: Pace = { startCount: 0, nextStartAtMs: null };

export function paceOf(lane: Lane, inFlightCount: number, nowMs: number, policy: LanePolicy): Pace {
  const free = policy.inFlightMax - inFlightCount;
  if (free <= 0) return closed;
  switch (lane.phase) {
    case 'disabled':
      return closed;
    case 'healthy':
      return { startCount: free, nextStartAtMs: null };
    case 'failing':
      // One probe at a time; what was under way when the lane failed is waited for first.
      if (inFlightCount > 0) return closed;
      return at(lane.probeAtMs, nowMs);
    case 'recovering': {
      if (rampIsOver(lane, nowMs, policy)) return { startCount: free, nextStartAtMs: null };
      return at(lane.lastStartAtMs + 1_000 / ratePerSecond(lane.recoveredAtMs, nowMs, policy), nowMs);
    }
  }
}

export function rampIsOver(lane: Lane & { phase: 'recovering' }, nowMs: number, policy: LanePolicy): boolean {
  return ratePerSecond(lane.recoveredAtMs, nowMs, policy) >= policy.rampEndPerSecond;
}

function ratePerSecond(recoveredAtMs: number, nowMs: number, { rampStartPerSecond }: LanePolicy): number {
  return rampStartPerSecond * 2 ** Math.floor(Math.max(0, nowMs - recoveredAtMs) / 1_000);
}

function at(startAtMs: number, nowMs: number): Pace {
  return nowMs >= startAtMs
    ? { startCount: 1, nextStartAtMs: null }
    : { startCount: 0, nextStartAtMs: startAtMs };
}
