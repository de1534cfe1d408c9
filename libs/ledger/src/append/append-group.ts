/** What decides whether requests can be written together. */
export interface Groupable {
  readonly streamId: string;
  readonly eventIds: readonly string[];
  /** Roughly what goes over the wire. */
  readonly byteCount: number;
}

export interface GroupBounds {
  readonly eventsMax: number;
  readonly bytesMax: number;
}

export interface Taken<Waiting> {
  readonly group: readonly Waiting[];
  readonly rest: readonly Waiting[];
}

/**
 * Takes the next group from the head of the queue. Two requests of one stream, or with an event id in common, MUST
 * NOT be in one group, since the later one's outcome depends on the earlier one's; and neither may overtake the
 * other. A request that alone is over the bounds goes alone.
 */
export function takeGroup<Waiting extends Groupable>(
  queue: readonly Waiting[],
  { eventsMax, bytesMax }: GroupBounds,
): Taken<Waiting> {
  const group: Waiting[] = [];
  const passedOver: Waiting[] = [];
  const claimed = new Set<string>();
  let eventCount = 0;
  let byteCount = 0;
  let looked = 0;
  for (const waiting of queue) {
    const fits =
      eventCount + waiting.eventIds.length <= eventsMax && byteCount + waiting.byteCount <= bytesMax;
    if (group.length > 0 && !fits) break;
    looked += 1;
    if (!claim(waiting, claimed)) {
      passedOver.push(waiting);
      continue;
    }
    group.push(waiting);
    eventCount += waiting.eventIds.length;
    byteCount += waiting.byteCount;
  }
  return { group, rest: [...passedOver, ...queue.slice(looked)] };
}

/** Also a request that has to wait claims what it needs, so that nothing behind it overtakes it. */
function claim({ streamId, eventIds }: Groupable, claimed: Set<string>): boolean {
  const before = claimed.size;
  claimed.add(`stream ${streamId}`);
  for (const id of eventIds) claimed.add(id);
  return claimed.size === before + 1 + eventIds.length;
}
