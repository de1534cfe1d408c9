import { type EventType, type RecordedEvent } from '#events';
import { type FeedBatch, type LanePositions } from '#feed';
import { Checkpoint } from './checkpoint.ts';
import { failureKind } from './failure-kind.ts';
import { Parking } from './parking.ts';
import { type Projector, type Tx } from './projector.ts';

export interface ProjectionLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface WriterParts<Reads extends EventType> {
  readonly projector: Projector<Reads>;
  /** Holds the checkpoint and what is parked. */
  readonly schema: string;
  readonly log: ProjectionLog;
}

export interface Written {
  readonly eventCount: number;
  readonly through: LanePositions;
}

const triesMax = 3;

/**
 * Writes batches of a projector, each in a transaction that the caller owns: effects and checkpoint commit together or
 * not at all. When the world fails the batch fails; when a message fails, its key is parked and the others flow.
 */
export class ProjectionWriter<Reads extends EventType> {
  readonly checkpoint: Checkpoint;
  readonly parking: Parking;
  private readonly reads: ReadonlySet<string>;

  constructor(private readonly parts: WriterParts<Reads>) {
    const { projector, schema } = parts;
    this.checkpoint = new Checkpoint(schema, projector.name);
    this.parking = new Parking(schema, projector.name);
    this.reads = new Set<string>(projector.reads);
  }

  /** After COMMIT the caller MUST say so to `checkpoint.moved`. */
  async write(tx: Tx, offered: FeedBatch): Promise<Written> {
    const { events, through } = this.checkpoint.unseen(offered);
    const relevant = events.filter(({ type }) => this.reads.has(type));
    const flowing = await this.parking.hold(tx, relevant);
    await this.applyEvents(flowing as readonly RecordedEvent<Reads>[], tx);
    await this.checkpoint.move(tx, through);
    return { eventCount: relevant.length, through };
  }

  private async applyEvents(events: readonly RecordedEvent<Reads>[], tx: Tx): Promise<void> {
    if (events.length === 0) return;
    const { projector, log } = this.parts;
    await tx.query('SAVEPOINT whole_batch');
    try {
      await projector.apply(events, tx);
    } catch (error) {
      if (failureKind(error) !== 'message') throw error;
      await tx.query('ROLLBACK TO SAVEPOINT whole_batch');
      log.warn(
        { err: error, projector: projector.name },
        'a batch failed; looking for the event that spoils it',
      );
      await this.applyOneByOne(events, tx);
    }
  }

  private async applyOneByOne(events: readonly RecordedEvent<Reads>[], tx: Tx): Promise<void> {
    const { projector, log } = this.parts;
    for (const event of events) {
      const [flowing] = await this.parking.hold(tx, [event as RecordedEvent]);
      if (flowing === undefined) continue;
      const failure = await this.tryEvent(event, tx);
      if (failure === null) continue;
      log.error(
        { err: failure, projector: projector.name, key: event.key, position: event.position },
        'an event cannot be applied; its key is parked',
      );
      await this.parking.park(tx, event as RecordedEvent, failure.message);
    }
  }

  /** @returns null when the event was applied, else the last failure */
  private async tryEvent(event: RecordedEvent<Reads>, tx: Tx): Promise<Error | null> {
    let failure: Error | null = null;
    for (let tries = 0; tries < triesMax; tries += 1) {
      await tx.query('SAVEPOINT one_event');
      try {
        await this.parts.projector.apply([event], tx);
        return null;
      } catch (error) {
        if (failureKind(error) !== 'message') throw error;
        failure = error instanceof Error ? error : new Error(String(error));
        await tx.query('ROLLBACK TO SAVEPOINT one_event');
      }
    }
    return failure;
  }
}
