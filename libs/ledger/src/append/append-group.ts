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

/**
 * Takes the next group from the head of the queue. Two requests of one stream, or with an event id in common, MUST
 * NOT be in one group, since the later one's outcome depends on the earlier one's; and neither may overtake the
 * other. A request that alone is over the bounds goes alone.
 */
export function takeGroup<Waiting extends Groupable>(
  queue: readonly Waiting[],
  { eventsMax, bytesMax }: GroupBounds,
): { readonly group: readonly Waiting[]; readonly rest: readonly Waiting[] } {
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
    const free = isFree(waiting, claimed);
    claim(waiting, claimed);
    if (!free) {
      passedOver.push(waiting);
      continue;
    }
    group.push(waiting);
    eventCount += waiting.eventIds.length;
    byteCount += waiting.byteCount;
  }
  return { group, rest: [...passedOver, ...queue.slice(looked)] };
}

function isFree({ streamId, eventIds }: Groupable, claimed: ReadonlySet<string>): boolean {
  return !claimed.has(`stream ${streamId}`) && !eventIds.some((id) => claimed.has(id));
}

function claim({ streamId, eventIds }: Groupable, claimed: Set<string>): void {
  claimed.add(`stream ${streamId}`);
  for (const id of eventIds) claimed.add(id);
}
