import fc from 'fast-check';
import { type RecordedEvent } from '#events';
import { RememberedLedger } from '../../test/remembered-ledger.ts';
import { FencedError, type FeedBatch, type Subscription } from '../feed.ts';
import { allLanes, laneOf } from '../lane.ts';
import { LedgerPages } from '../ledger-pages.ts';
import { threadLanes } from '../relay/lane-thread.ts';
import { LaneIntake } from './lane-intake.ts';
import { type Arrival } from './lane-work.ts';

const silent = { debug: noop, info: noop, warn: noop, error: noop };
function noop(): void {
  // Whatever is logged or counted is not what these tests are about.
}

/** A consumer that keeps what it was given, and refuses what breaks the promise. */
class Reader implements Subscription {
  readonly name = 'reader';
  readonly positions = new Map<number, number>();
  readonly events: RecordedEvent[] = [];
  readonly refusals: Error[] = [];
  batchCount = 0;

  takeOver(lanes: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return Promise.resolve(new Map(lanes.map((lane) => [lane, this.positions.get(lane) ?? 0])));
  }

  apply({ events, through }: FeedBatch): Promise<void> {
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return Promise.reject(refusal);
    this.batchCount += 1;
    this.events.push(...events);
    for (const [lane, position] of through) this.positions.set(lane, position);
    return Promise.resolve();
  }

  positionsIn(lane: number): number[] {
    return this.events.filter(({ key }) => laneOf(key) === lane).map(({ position }) => position);
  }
}

function intakeOver(ledger: RememberedLedger, subscription: Subscription, pageEventsMax = 1_000): LaneIntake {
  const pages = new LedgerPages(ledger, { eventsMax: pageEventsMax, bytesMax: 1_000_000 });
  return new LaneIntake({ subscription, pages, batchEventsMax: 5, log: silent, count: noop });
}

function arrivalsOf(ledger: RememberedLedger): Arrival[] {
  return threadLanes(new Map(), ledger.events).records.map(({ event, lane, previous }) => ({
    lane,
    position: event.position,
    previous,
    read: () => event,
  }));
}

const offerAll = async (intake: LaneIntake, arrivals: readonly Arrival[]): Promise<void> => {
  for (const arrival of arrivals) await intake.offer(arrival.lane, [arrival]);
};

const key = fc.constantFrom('lachin-corridor', 'zangezur', 'rafah', 'kerem-shalom', 'bab-al-hawa');

describe('the intake of a subscription', () => {
  it('hands out each lane complete, in order and once, whatever was repeated, reordered, lost or spoilt', async () => {
    const journeys = fc.array(key, { minLength: 1, maxLength: 40 }).chain((keys) =>
      fc.record({
        keys: fc.constant(keys),
        journey: fc.array(fc.record({ index: fc.nat(keys.length - 1), readable: fc.boolean() }), {
          maxLength: 80,
        }),
        pageEventsMax: fc.integer({ min: 1, max: 10 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(journeys, async ({ keys, journey, pageEventsMax }) => {
        const ledger = new RememberedLedger(keys);
        const reader = new Reader();
        const intake = intakeOver(ledger, reader, pageEventsMax);
        await intake.take(allLanes);
        const arrivals = arrivalsOf(ledger);
        const travelled = journey.map(({ index, readable }) => ({
          ...arrivals[index]!,
          ...(readable ? {} : { read: () => null }),
        }));
        await offerAll(intake, travelled);
        await intake.fill(new Map(arrivals.map(({ lane, position }) => [lane, position])));
        for (const lane of allLanes)
          expect(reader.positionsIn(lane)).toEqual(
            arrivals.filter((arrival) => arrival.lane === lane).map(({ position }) => position),
          );
      }),
    );
  });

  it('puts what is offered at one time into one batch, in ledger order', async () => {
    const ledger = new RememberedLedger(['rafah', 'zangezur', 'lachin-corridor']);
    const reader = new Reader();
    const intake = intakeOver(ledger, reader);
    await intake.take(allLanes);
    await Promise.all(
      arrivalsOf(ledger)
        .toReversed()
        .map((arrival) => intake.offer(arrival.lane, [arrival])),
    );
    expect(reader.batchCount).toBe(1);
    expect(reader.events.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('reads nothing beyond what it needs: repeated arrivals stay unread', async () => {
    const ledger = new RememberedLedger(['rafah']);
    const intake = intakeOver(ledger, new Reader());
    await intake.take(allLanes);
    const [arrival] = arrivalsOf(ledger);
    await intake.offer(arrival!.lane, [arrival!]);
    let readCount = 0;
    const read = (): null => {
      readCount += 1;
      return null;
    };
    await intake.offer(arrival!.lane, [{ ...arrival!, read }]);
    expect(readCount).toBe(0);
  });

  it('asks once a batch for the salts of what is sealed, and takes from the ledger what has none any more', async () => {
    const ledger = new RememberedLedger(['rafah', 'rafah', 'zangezur', 'rafah']);
    const reader = new Reader();
    const asked: (readonly number[])[] = [];
    const pages = new LedgerPages(ledger, { eventsMax: 1_000, bytesMax: 1_000_000 });
    const intake = new LaneIntake({
      subscription: reader,
      pages,
      batchEventsMax: 5,
      log: silent,
      count: noop,
      saltsOf: (positions) => {
        asked.push(positions);
        return Promise.resolve(new Map([[1, new Uint8Array(16)]]));
      },
    });
    await intake.take(allLanes);
    const sealed = arrivalsOf(ledger).map((arrival): Arrival => ({
      ...arrival,
      isSealed: arrival.position !== 3,
      read: (salt) => (arrival.position === 3 || salt !== undefined ? arrival.read() : null),
    }));
    await Promise.all(sealed.map((arrival) => intake.offer(arrival.lane, [arrival])));
    expect(asked).toEqual([[1, 2, 4]]);
    expect(reader.positionsIn(laneOf('rafah'))).toEqual([1, 2, 4]);
    expect(reader.positionsIn(laneOf('zangezur'))).toEqual([3]);
  });

  it('offers the same events again after a rejection', async () => {
    const ledger = new RememberedLedger(['rafah', 'rafah']);
    const reader = new Reader();
    reader.refusals.push(new Error('no connection'), new Error('no connection'));
    const intake = intakeOver(ledger, reader);
    await intake.take(allLanes);
    await offerAll(intake, arrivalsOf(ledger));
    expect(reader.events.map(({ position }) => position)).toEqual([1, 2]);
  });

  it('says why it stands still, and forgets it when it goes on', async () => {
    const ledger = new RememberedLedger(['rafah']);
    const reader = new Reader();
    let duringRetry: string | null = null;
    reader.refusals.push(new Error('no connection'));
    const intake = intakeOver(ledger, reader);
    await intake.take(allLanes);
    reader.takeOver = () => Promise.reject(new Error('not asked'));
    const original = reader.apply.bind(reader);
    reader.apply = (batch) => {
      duringRetry ??= intake.lastError;
      return original(batch);
    };
    await offerAll(intake, arrivalsOf(ledger));
    expect(duringRetry).toBe('no connection');
    expect(intake.lastError).toBeNull();
  });

  it('gives up the lane that is fenced, and goes on with the others of its batch', async () => {
    const ledger = new RememberedLedger(['rafah', 'lachin-corridor']);
    const reader = new Reader();
    const lost = laneOf('rafah');
    const apply = reader.apply.bind(reader);
    reader.apply = (batch) =>
      batch.through.has(lost) ? Promise.reject(new FencedError('taken')) : apply(batch);
    const intake = intakeOver(ledger, reader);
    await intake.take(allLanes);
    const dealtWith = await Promise.all(
      arrivalsOf(ledger).map((arrival) => intake.offer(arrival.lane, [arrival])),
    );
    expect(dealtWith).toEqual([false, true]);
    expect(intake.positions.has(lost)).toBe(false);
    expect(reader.events.map(({ position }) => position)).toEqual([2]);
  });

  it('takes a fenced lane back when the transport still gives it to this instance', async () => {
    const ledger = new RememberedLedger(['rafah']);
    const reader = new Reader();
    reader.refusals.push(new FencedError('taken'));
    const intake = intakeOver(ledger, reader);
    await intake.take(allLanes);
    const [arrival] = arrivalsOf(ledger);
    await intake.offer(arrival!.lane, [arrival!]);
    expect(await intake.retake(0)).toEqual([laneOf('rafah')]);
    await intake.offer(arrival!.lane, [arrival!]);
    expect(reader.events).toHaveLength(1);
  });

  it('does not wait for events that the ledger does not hold', async () => {
    const ledger = new RememberedLedger(['rafah']);
    const reader = new Reader();
    const intake = intakeOver(ledger, reader);
    await intake.take(allLanes);
    const [arrival] = arrivalsOf(ledger);
    const invented = { ...arrival!, position: 1_000_000, previous: 999_999 };
    expect(await intake.offer(invented.lane, [invented])).toBe(true);
    expect(intake.positions.get(invented.lane)).toBe(1);
  });

  it('passes events that were erased after they were published', async () => {
    const ledger = new RememberedLedger(['rafah', 'rafah', 'rafah']);
    const reader = new Reader();
    const intake = intakeOver(ledger, reader);
    await intake.take(allLanes);
    const arrivals = arrivalsOf(ledger);
    ledger.erased.add(1).add(2);
    await offerAll(intake, arrivals.slice(2));
    expect(reader.events.map(({ position }) => position)).toEqual([3]);
  });

  it('lets go of a batch that cannot be applied when the lanes are given to others', async () => {
    const ledger = new RememberedLedger(['rafah']);
    const reader = new Reader();
    reader.apply = () => Promise.reject(new Error('no connection'));
    const intake = intakeOver(ledger, reader);
    await intake.take(allLanes);
    const [arrival] = arrivalsOf(ledger);
    const offered = intake.offer(arrival!.lane, [arrival!]);
    intake.release();
    expect(await offered).toBe(false);
  });
});
