import { type RecordedEvent } from '#events';
import type { Ledger } from '#ledger';

export interface PageBounds {
  readonly eventsMax: number;
  readonly bytesMax: number;
}

const firstLimit = 128;

/**
 * Reads the ledger in pages that are bounded in bytes as well as in events: a statement may weigh 1 MiB, so a page
 * of a thousand must be asked for only while events are small.
 */
export class LedgerPages {
  private limit: number;

  constructor(
    private readonly ledger: Pick<Ledger, 'read' | 'head'>,
    private readonly bounds: PageBounds,
  ) {
    this.limit = Math.min(firstLimit, bounds.eventsMax);
  }

  /** The events that follow a position, without a gap; empty at the end of the ledger. */
  async after(position: number, through = Number.MAX_SAFE_INTEGER): Promise<readonly RecordedEvent[]> {
    const events = await this.ledger.read({ after: position, through, limit: this.limit });
    const fitting = countWithin(events, this.bounds.bytesMax);
    if (fitting < events.length) this.limit = Math.max(1, fitting);
    else if (events.length === this.limit) this.limit = Math.min(this.limit * 2, this.bounds.eventsMax);
    return events.slice(0, fitting);
  }

  /** Whether the ledger holds the position; an erased event leaves it without one that can be read. */
  async reaches(position: number): Promise<boolean> {
    return (await this.ledger.head()).position >= position;
  }
}

/** At least one, however large it is. */
function countWithin(events: readonly RecordedEvent[], bytesMax: number): number {
  let bytes = 0;
  const over = events.findIndex((event) => (bytes += weightOf(event.payload)) > bytesMax);
  return over === -1 ? events.length : Math.max(1, over);
}

/** Roughly the size as JSON; writing it out only to measure it would cost more than reading it did. */
function weightOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = 2;
  for (const [name, part] of Object.entries(value)) weight += name.length + 4 + weightOf(part);
  return weight;
}
