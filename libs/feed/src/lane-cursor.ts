import { type LanePositions } from './feed.ts';

/** An event's place in its lane: `previous` is the position of the event before it in the same lane, 0 for none. */
export interface LanePlace {
  readonly lane: number;
  readonly position: number;
  readonly previous: number;
}

export interface Sifted<Place extends LanePlace> {
  /** What follows on without a gap, in ledger order. */
  readonly next: readonly Place[];
  /** Where the lanes of `next` stand once it is applied. */
  readonly through: LanePositions;
  /** For each lane that misses events: the position up to which the ledger has to fill it. */
  readonly gaps: LanePositions;
  /** What waits behind a gap. */
  readonly held: readonly Place[];
  /** How many were at or below their lane's position. */
  readonly repeatedCount: number;
}

/**
 * Tells what may be applied now. What was seen is dropped, what follows on goes through, and behind a gap everything
 * waits: nothing is ever skipped. Lanes without a position are not ours, and their arrivals are left out.
 */
export function sift<Place extends LanePlace>(
  positions: LanePositions,
  arrivals: readonly Place[],
): Sifted<Place> {
  const at = new Map(positions);
  const through = new Map<number, number>();
  const gaps = new Map<number, number>();
  const next: Place[] = [];
  const held: Place[] = [];
  let repeatedCount = 0;
  for (const arrival of arrivals.toSorted((one, other) => one.position - other.position)) {
    const { lane, position, previous } = arrival;
    const reached = at.get(lane);
    if (reached === undefined) continue;
    if (position <= reached) {
      repeatedCount += 1;
    } else if (previous > reached) {
      gaps.set(lane, previous);
      held.push(arrival);
    } else {
      at.set(lane, position);
      through.set(lane, position);
      next.push(arrival);
    }
  }
  return { next, through, gaps, held, repeatedCount };
}
