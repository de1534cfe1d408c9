import { initialLane, type Lane } from './lane.decider.ts';
import { paceOf } from './lane.pace.ts';
import { lanePolicy } from './lane.policy.ts';

const policy = lanePolicy({ scale: 1, rampStartPerSecond: 1 });
const drought = null;

/** Starts as often as the pace allows, asking every millisecond, and counts the starts of each second. */
function startsPerSecond(seconds: number): number[] {
  let lane: Lane = { phase: 'recovering', recoveredAtMs: 0, lastStartAtMs: 0, drought };
  const counts = Array.from({ length: seconds }, () => 0);
  for (let nowMs = 1; nowMs < seconds * 1_000; nowMs += 1) {
    if (paceOf(lane, 0, nowMs, policy).startCount === 0) continue;
    lane = { ...lane, lastStartAtMs: nowMs };
    counts[Math.floor(nowMs / 1_000)]! += 1;
  }
  return counts;
}

describe('the pace of a lane', () => {
  it('is two in flight while healthy', () => {
    expect([0, 1, 2].map((inFlight) => paceOf(initialLane, inFlight, 0, policy).startCount)).toEqual([
      2, 1, 0,
    ]);
  });

  it('is one in flight for an ordered endpoint', () => {
    expect(
      [0, 1].map((inFlight) => paceOf(initialLane, inFlight, 0, { ...policy, inFlightMax: 1 }).startCount),
    ).toEqual([1, 0]);
  });

  it('is one probe when it is due while failing, after what was under way has ended', () => {
    const lane: Lane = { phase: 'failing', failureCount: 1, failedAtMs: 0, probeAtMs: 5_000, drought };
    expect(paceOf(lane, 0, 4_999, policy)).toEqual({ startCount: 0, nextStartAtMs: 5_000 });
    expect(paceOf(lane, 1, 5_000, policy).startCount).toBe(0);
    expect(paceOf(lane, 0, 5_000, policy).startCount).toBe(1);
  });

  it('doubles each second after a recovery: the probe, then 2, 4, 8 …, then as before', () => {
    expect(startsPerSecond(6)).toEqual([0, 2, 4, 8, 16, 32]);
    const lane: Lane = { phase: 'recovering', recoveredAtMs: 0, lastStartAtMs: 6_000, drought };
    expect(paceOf(lane, 0, 6_000, policy).startCount).toBe(2);
  });

  it('is nothing while disabled', () => {
    expect(paceOf({ phase: 'disabled', reason: 'gone', drought }, 0, 0, policy).startCount).toBe(0);
  });
});
