import { type RecordedEvent } from '#events';
import { type LanePositions } from '../feed.ts';
import { laneOf } from '../lane.ts';
import { type OutgoingRecord } from './publisher.ts';

/** Threads events into their lanes: each learns which one it follows, so that a consumer sees what is missing. */
export function threadLanes(
  heads: LanePositions,
  events: readonly RecordedEvent[],
): { readonly records: readonly OutgoingRecord[]; readonly heads: LanePositions } {
  const moved = new Map<number, number>();
  const records = events.map((event) => {
    const lane = laneOf(event.key);
    const previous = moved.get(lane) ?? heads.get(lane) ?? 0;
    moved.set(lane, event.position);
    return { event, lane, previous };
  });
  return { records, heads: moved };
}
