import { type EventType, type RecordedEvent } from '#events';
import { type PoolClient } from 'pg';

/** A connection inside the open transaction that also moves the checkpoint. */
export type Tx = Pick<PoolClient, 'query'>;

/**
 * Turns events into rows. The runner owns batches, the transaction and the checkpoint; a projector MUST write
 * through `tx` alone, and MUST give the same rows however the events are cut into batches. It MUST name its tables
 * without a schema: they are those of the connection, so that a replay can let it fill others beside the live ones.
 */
export interface Projector<Reads extends EventType = EventType> {
  readonly name: string;
  readonly reads: readonly Reads[];
  /** `events` hold only the types in `reads`, in ledger order. */
  apply(events: readonly RecordedEvent<Reads>[], tx: Tx): Promise<void>;
}
