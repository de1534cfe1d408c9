import { type RecordedEvent } from '#events';
import { type FeedCount, type LanePositions } from '../feed.ts';
import { laneOf } from '../lane.ts';
import { type LanePlace, sift } from '../lane-cursor.ts';
import { type LedgerPages } from '../ledger-pages.ts';
import { type ApplierParts, type BatchApplier } from './batch-applier.ts';
import { type LaneShare } from './lane-share.ts';

/** What a transport brings: where it stands in its lane, and the event itself when it is wanted. */
export interface Arrival extends LanePlace {
  /** It can be read only with the salt that the ledger has of it. */
  readonly isSealed?: boolean;
  /** Null when it cannot be read; whoever brings it counts and logs why. */
  readonly read: (salt?: Uint8Array) => RecordedEvent | null;
}

export interface WorkParts extends ApplierParts {
  readonly pages: LedgerPages;
  readonly batchEventsMax: number;
  /** The salts that the ledger still has; none where nothing is sealed. */
  readonly saltsOf?: (positions: readonly number[]) => Promise<ReadonlyMap<number, Uint8Array>>;
}

interface Fresh extends LanePlace {
  readonly event: RecordedEvent;
}

/** Brings arrivals to the subscription, and fills from the ledger what they leave out. */
export class LaneWork {
  constructor(
    private readonly parts: WorkParts,
    private readonly applier: BatchApplier,
  ) {}

  async bring(share: LaneShare, arrivals: readonly Arrival[]): Promise<void> {
    this.count('repeated', sift(share.positions, arrivals).repeatedCount);
    const fresh = arrivals.filter((arrival) => isFresh(share.positions, arrival));
    const salts = await this.saltsOf(share, fresh);
    if (salts === undefined) return;
    let pending = fresh.flatMap((arrival) => readWith(salts, arrival));
    while (pending.length > 0 && share.alive) {
      const { next, gaps, held } = sift(share.positions, pending);
      await this.applyInBatches(share, next);
      pending = gaps.size === 0 ? [] : await this.heldAfterRefill(share, gaps, held);
    }
    // Stubs stand in their place; where something follows in the lane, it was a gap and is filled by now.
    const erased = fresh.filter(({ isSealed = false, position }) => isSealed && !salts.has(position));
    if (erased.length > 0)
      await this.refill(share, new Map(erased.map(({ lane, position }) => [lane, position])));
  }

  /** @returns undefined when the share ended before the ledger answered */
  private async saltsOf(
    share: LaneShare,
    arrivals: readonly Arrival[],
  ): Promise<ReadonlyMap<number, Uint8Array> | undefined> {
    const sealed = arrivals.filter(({ isSealed = false }) => isSealed).map(({ position }) => position);
    const { saltsOf } = this.parts;
    if (sealed.length === 0 || saltsOf === undefined) return new Map();
    return this.applier.persist(share, () => saltsOf(sealed));
  }

  /** @returns whether the ledger had anything after the lowest of the lanes */
  async refill(share: LaneShare, targets: LanePositions): Promise<boolean> {
    const last = Math.max(0, ...targets.values());
    let after = lowest(share.positions, targets);
    let foundAny = false;
    while (share.alive && after < last) {
      const page = await this.applier.persist(share, () => this.parts.pages.after(after, last));
      const end = page?.at(-1)?.position;
      if (page === undefined || end === undefined) break;
      foundAny = true;
      await this.applyPage(share, page, end, targets);
      after = Math.max(end, lowest(share.positions, targets));
    }
    return foundAny;
  }

  private async heldAfterRefill(
    share: LaneShare,
    gaps: LanePositions,
    held: readonly Fresh[],
  ): Promise<Fresh[]> {
    this.count('gaps', gaps.size);
    this.parts.log.warn(
      { subscription: this.parts.subscription.name, gaps: Object.fromEntries(gaps) },
      'lanes miss events; they are refilled from the ledger',
    );
    await this.refill(share, gaps);
    await this.passErased(share, gaps);
    // What the ledger does not hold never happened: a record that claims to follow it is not waited for.
    return held.filter(({ lane, previous }) => previous <= (share.positions.get(lane) ?? 0));
  }

  /** Where the events at the end of a gap were erased since, the lane is complete without them. */
  private async passErased(share: LaneShare, gaps: LanePositions): Promise<void> {
    const short = [...gaps].filter(([lane, position]) => (share.positions.get(lane) ?? position) < position);
    if (short.length === 0) return;
    const last = Math.max(...short.map(([, position]) => position));
    if ((await this.applier.persist(share, () => this.parts.pages.reaches(last))) !== true) return;
    await this.applier.apply(share, { events: [], through: new Map(short) });
  }

  private async applyPage(
    share: LaneShare,
    page: readonly RecordedEvent[],
    end: number,
    targets: LanePositions,
  ): Promise<void> {
    const behind = [...targets.keys()].filter((lane) => (share.positions.get(lane) ?? end) < end);
    const through = new Map(behind.map((lane) => [lane, end]));
    const events = page.filter(({ key, position }) => {
      const lane = laneOf(key);
      return through.has(lane) && position > (share.positions.get(lane) ?? end);
    });
    // Moving positions alone would cost a transaction for each page of other lanes' events.
    if (events.length === 0) return;
    this.count('refilled', events.length);
    await this.applier.apply(share, { events, through });
  }

  private async applyInBatches(share: LaneShare, next: readonly Fresh[]): Promise<void> {
    const { batchEventsMax } = this.parts;
    for (let start = 0; start < next.length && share.alive; start += batchEventsMax) {
      // A lane may have been lost with an earlier batch.
      const batch = next.slice(start, start + batchEventsMax).filter(({ lane }) => share.positions.has(lane));
      if (batch.length === 0) continue;
      const through = new Map(batch.map(({ lane, position }) => [lane, position]));
      await this.applier.apply(share, { events: batch.map(({ event }) => event), through });
    }
  }

  private count(what: FeedCount, by: number): void {
    if (by > 0) this.parts.count(what, this.parts.subscription.name, by);
  }
}

/** Reading is the dear part, so what was seen already is not read. */
function isFresh(positions: LanePositions, { lane, position }: Arrival): boolean {
  return position > (positions.get(lane) ?? position);
}

function readWith(salts: ReadonlyMap<number, Uint8Array>, arrival: Arrival): readonly Fresh[] {
  const { lane, position, previous } = arrival;
  const event = arrival.read(salts.get(position));
  return event === null ? [] : [{ lane, position, previous, event }];
}

function lowest(positions: LanePositions, targets: LanePositions): number {
  const ours = [...targets.keys()].map((lane) => positions.get(lane) ?? Number.MAX_SAFE_INTEGER);
  return Math.min(Number.MAX_SAFE_INTEGER, ...ours);
}
