import { type EventType, type RecordedEvent } from '#events';
import { type Feed, type FeedBatch, type RunningSubscription, type SubscriptionHealth } from '#feed';
import { type Ledger } from '#ledger';
import { inTransaction } from '#platform';
import { type Pool } from 'pg';
import { beginInside } from './projection.door.ts';
import { type ProjectionLog, ProjectionWriter } from './projection.writer.ts';
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

/**
 * Runs a projector over a feed, each batch in one transaction. When it fails, the feed offers the batch again.
 */
export async function runProjector<Reads extends EventType>(
  parts: ProjectionParts<Reads>,
): Promise<RunningProjection> {
  const { projector, pool } = parts;
  const writer = new ProjectionWriter(parts);
  const subscription: RunningSubscription = await parts.feed.subscribe({
    name: projector.name,
    takeOver: (lanes) => writer.checkpoint.takeOver(pool, lanes),
    apply: (batch) => applyBatch(parts, writer, batch),
  });
  return {
    health: async () => ({ ...subscription.health(), parked: await writer.parking.parkedKeys(pool) }),
    release: (key) => release(parts, writer, key),
    failed: subscription.failed,
    stop: () => subscription.stop(),
  };
}

async function applyBatch<Reads extends EventType>(
  { pool, schema, onApplied }: ProjectionParts<Reads>,
  writer: ProjectionWriter<Reads>,
  offered: FeedBatch,
): Promise<void> {
  const { eventCount, through } = await inTransaction(
    pool,
    (tx) => writer.write(tx, offered),
    beginInside(schema),
  );
  writer.checkpoint.moved(through);
  onApplied?.(eventCount, Math.max(0, ...through.values()));
}

async function release<Reads extends EventType>(
  { projector, pool, ledger, schema }: ProjectionParts<Reads>,
  { parking }: ProjectionWriter<Reads>,
  key: string,
): Promise<number> {
  const applyWaiting = async (tx: Tx): Promise<number> => {
    // Locks the key, so that events which arrive meanwhile wait and find it released.
    await tx.query(`SELECT 1 FROM ${schema}.parked_key WHERE projector = $1 AND key = $2 FOR UPDATE`, [
      projector.name,
      key,
    ]);
    const positions = await parking.waiting(tx, key);
    for (const position of positions) {
      const [event] = await ledger.read({ after: position - 1, through: position, limit: 1 });
      if (event === undefined) throw new Error(`The ledger has no event at position ${position}`);
      await projector.apply([event as RecordedEvent<Reads>], tx);
    }
    await parking.release(tx, key);
    return positions.length;
  };
  return inTransaction(pool, applyWaiting, beginInside(schema));
}
