import { type EventType, type RecordedEvent } from '#events';
import { type Feed, type FeedBatch, type RunningSubscription, type SubscriptionHealth } from '#feed';
import { type Ledger } from '#ledger';
import { inTransaction } from '#platform';
import { type Pool } from 'pg';
import { Checkpoint } from './checkpoint.ts';
import { failureKind } from './failure-kind.ts';
import { Parking } from './parking.ts';
import { type Projector, type Tx } from './projector.ts';

export interface ProjectionParts<Reads extends EventType> {
  readonly projector: Projector<Reads>;
  readonly feed: Feed;
  readonly pool: Pool;
  readonly ledger: Ledger;
  /** The service's schema, which holds the checkpoint. */
  readonly schema: string;
  readonly log: ProjectionLog;
  /** Called after each commit, for whoever waits for the rows. */
  readonly onApplied?: (eventCount: number, through: number) => void;
}

export interface ProjectionLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface RunningProjection {
  health(): Promise<SubscriptionHealth & { parked: readonly { key: string; reason: string }[] }>;
  /**
   * Applies what waited for a parked key, in order, and lets the key flow again.
   * @returns the number of events applied
   * @throws what the projector throws, when an event still cannot be applied: the key then stays parked
   */
  release(key: string): Promise<number>;
  /** Resolves when the feed cannot go on and no waiting would help; the process SHOULD then end. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}

const triesMax = 3;

/**
 * Runs a projector over a feed. Each batch is one transaction: effects and checkpoint commit together or not at
 * all. When the world fails the batch fails, and the feed offers it again; when a message fails, its key is parked
 * and the others flow.
 */
export async function runProjector<Reads extends EventType>(
  parts: ProjectionParts<Reads>,
): Promise<RunningProjection> {
  const { projector, pool, schema } = parts;
  const checkpoint = new Checkpoint(schema, projector.name);
  const parking = new Parking(schema, projector.name);
  const subscription: RunningSubscription = await parts.feed.subscribe({
    name: projector.name,
    takeOver: (lanes) => checkpoint.takeOver(pool, lanes),
    apply: (batch) => applyBatch(parts, checkpoint, parking, batch),
  });
  return {
    health: async () => ({ ...subscription.health(), parked: await parking.parkedKeys(pool) }),
    release: (key) => release(parts, parking, key),
    failed: subscription.failed,
    stop: () => subscription.stop(),
  };
}

async function applyBatch<Reads extends EventType>(
  parts: ProjectionParts<Reads>,
  checkpoint: Checkpoint,
  parking: Parking,
  offered: FeedBatch,
): Promise<void> {
  const { events, through } = checkpoint.unseen(offered);
  const reads = new Set<string>(parts.projector.reads);
  const relevant = events.filter(({ type }) => reads.has(type));
  await inTransaction(parts.pool, async (tx) => {
    const flowing = await parking.hold(tx, relevant);
    await applyEvents(parts, parking, flowing as readonly RecordedEvent<Reads>[], tx);
    await checkpoint.move(tx, through);
  });
  checkpoint.moved(through);
  parts.onApplied?.(relevant.length, Math.max(0, ...through.values()));
}

async function applyEvents<Reads extends EventType>(
  parts: ProjectionParts<Reads>,
  parking: Parking,
  events: readonly RecordedEvent<Reads>[],
  tx: Tx,
): Promise<void> {
  if (events.length === 0) return;
  await tx.query('SAVEPOINT whole_batch');
  try {
    await parts.projector.apply(events, tx);
  } catch (error) {
    if (failureKind(error) !== 'message') throw error;
    await tx.query('ROLLBACK TO SAVEPOINT whole_batch');
    parts.log.warn(
      { err: error, projector: parts.projector.name },
      'a batch failed; looking for the event that spoils it',
    );
    await applyOneByOne(parts, parking, events, tx);
  }
}

async function applyOneByOne<Reads extends EventType>(
  parts: ProjectionParts<Reads>,
  parking: Parking,
  events: readonly RecordedEvent<Reads>[],
  tx: Tx,
): Promise<void> {
  for (const event of events) {
    const [flowing] = await parking.hold(tx, [event as RecordedEvent]);
    if (flowing === undefined) continue;
    const failure = await tryEvent(parts, event, tx);
    if (failure === null) continue;
    parts.log.error(
      { err: failure, projector: parts.projector.name, key: event.key, position: event.position },
      'an event cannot be applied; its key is parked',
    );
    await parking.park(tx, event as RecordedEvent, failure.message);
  }
}

/** @returns null when the event was applied, else the last failure */
async function tryEvent<Reads extends EventType>(
  { projector }: ProjectionParts<Reads>,
  event: RecordedEvent<Reads>,
  tx: Tx,
): Promise<Error | null> {
  let failure: Error | null = null;
  for (let tries = 0; tries < triesMax; tries += 1) {
    await tx.query('SAVEPOINT one_event');
    try {
      await projector.apply([event], tx);
      return null;
    } catch (error) {
      if (failureKind(error) !== 'message') throw error;
      failure = error instanceof Error ? error : new Error(String(error));
      await tx.query('ROLLBACK TO SAVEPOINT one_event');
    }
  }
  return failure;
}

async function release<Reads extends EventType>(
  parts: ProjectionParts<Reads>,
  parking: Parking,
  key: string,
): Promise<number> {
  return inTransaction(parts.pool, async (tx) => {
    // Locks the key, so that events which arrive meanwhile wait and find it released.
    await tx.query(`SELECT 1 FROM ${parts.schema}.parked_key WHERE projector = $1 AND key = $2 FOR UPDATE`, [
      parts.projector.name,
      key,
    ]);
    const positions = await parking.waiting(tx, key);
    for (const position of positions) {
      const [event] = await parts.ledger.read({ after: position - 1, through: position, limit: 1 });
      if (event === undefined) throw new Error(`The ledger has no event at position ${position}`);
      await parts.projector.apply([event as RecordedEvent<Reads>], tx);
    }
    await parking.release(tx, key);
    return positions.length;
  });
}
