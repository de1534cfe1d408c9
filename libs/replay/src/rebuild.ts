import { type Pool } from 'pg';
import { allLanes, LedgerPages, type LanePositions } from '#feed';
import { type EventType, type RecordedEvent } from '#events';
import { type Ledger } from '#ledger';
import { inTransaction } from '#platform';
import { type ProjectionLog, type Projector, ProjectionWriter, type Tx } from '#projection';
import { LivePositions } from './live.positions.ts';
import { notePart, type PartLease } from './part.lease.ts';
import { Pace } from './pace.ts';
import { rebuildSchemaOf } from './rebuild.functions.ts';
import { type Replayable } from './replayable.ts';

export interface RebuildParts {
  readonly replayable: Replayable;
  readonly pool: Pool;
  readonly ledger: Pick<Ledger, 'read' | 'head'>;
  readonly log: ProjectionLog & { info(facts: object, message: string): void };
  /** Events in a transaction, at most. */
  readonly batchEventsMax?: number;
}

interface Written {
  readonly name: string;
  readonly writer: ProjectionWriter<EventType>;
}

const bytesMax = 8 * 1024 * 1024;

/**
 * Fills the tables beside the live ones, each batch and the position in one transaction: whoever takes over after a
 * kill goes on where the last commit was.
 */
export class Rebuild {
  readonly schema: string;
  private readonly projectors: readonly Written[];
  private readonly pages: LedgerPages;
  private readonly pace: Pace;
  private position: number;
  private eventCount: number;

  private constructor(
    private readonly parts: RebuildParts,
    private readonly lease: PartLease,
  ) {
    const { replayable, ledger, log, batchEventsMax = 1_000 } = parts;
    this.schema = rebuildSchemaOf(replayable.schema);
    this.projectors = replayable.projectors().map((projector: Projector) => ({
      name: projector.name,
      writer: new ProjectionWriter({ projector, schema: this.schema, log }),
    }));
    this.pages = new LedgerPages(ledger, { eventsMax: batchEventsMax, bytesMax });
    this.position = lease.position;
    this.eventCount = lease.eventCount;
    this.pace = new Pace(replayable.schema, log, lease.position);
  }

  /** Takes the tables over from whoever filled them before, and fences that one. */
  static async takeOver(parts: RebuildParts, lease: PartLease): Promise<Rebuild> {
    const rebuild = new Rebuild(parts, lease);
    for (const { writer } of rebuild.projectors) await writer.checkpoint.takeOver(parts.pool, allLanes);
    return rebuild;
  }

  /** Every event up to here is in the rebuilt tables, and in the live ones. */
  get reached(): number {
    return this.position;
  }

  readLive(db: Tx): Promise<LivePositions> {
    const names = this.projectors.map(({ name }) => name);
    return LivePositions.read(db, this.parts.replayable.schema, names);
  }

  /** As far as the live projection is, and no further than a position. */
  async fill(toPosition: number | null, signal: AbortSignal): Promise<void> {
    const through = toPosition ?? Number.MAX_SAFE_INTEGER;
    let live = await this.readLive(this.parts.pool);
    let next = this.pages.after(this.position, through);
    for (;;) {
      const events = await next;
      if (!events.every((event) => live.holds(event))) live = await this.readLive(this.parts.pool);
      const uncovered = events.findIndex((event) => !live.holds(event));
      const covered = uncovered === -1 ? events : events.slice(0, uncovered);
      const last = covered.at(-1);
      if (last === undefined) {
        // What is not there to be read up to the end was erased.
        if (events.length === 0 && toPosition !== null) this.position = toPosition;
        return;
      }
      if (uncovered === -1) {
        next = this.pages.after(last.position, through);
        // Whoever waits for it hears of its failure; until then nobody does.
        next.catch(() => undefined);
      }
      await this.commit(covered, last.position, toPosition ?? live.last);
      signal.throwIfAborted();
      if (uncovered !== -1) next = this.pages.after(this.position, through);
    }
  }

  /**
   * What the live projection holds beyond what both have, within the caller's transaction; then both stand at the same
   * in every lane. The caller MUST call `caughtUp` after COMMIT.
   */
  async catchUp(tx: Tx, live: LivePositions): Promise<ReadonlyMap<string, LanePositions>> {
    const events = await this.readOn(live.last);
    const through = new Map<string, LanePositions>();
    for (const { name, writer } of this.projectors) {
      const held = events.filter((event) => live.holds(event, name));
      const written = await writer.write(tx, {
        events: held,
        through: live.of(name, allLanes, this.position),
      });
      through.set(name, written.through);
    }
    return through;
  }

  caughtUp(through: ReadonlyMap<string, LanePositions>): void {
    for (const { name, writer } of this.projectors) writer.checkpoint.moved(through.get(name) ?? new Map());
  }

  private async readOn(through: number): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for (;;) {
      const page = await this.pages.after(events.at(-1)?.position ?? this.position, through);
      events.push(...page);
      if (page.length === 0) return events;
    }
  }

  private async commit(events: readonly RecordedEvent[], position: number, through: number): Promise<void> {
    const lanes = new Map(allLanes.map((lane) => [lane, position]));
    const eventCount = this.eventCount + events.length;
    await inTransaction(
      this.parts.pool,
      async (tx) => {
        for (const { writer } of this.projectors) await writer.write(tx, { events, through: lanes });
        const rate = this.pace.note(position, through);
        await notePart(tx, this.lease, { position, through, eventCount, rate });
      },
      beginIn(this.schema),
    );
    for (const { writer } of this.projectors) writer.checkpoint.moved(lanes);
    this.position = position;
    this.eventCount = eventCount;
  }
}

/** Not flushed one by one: a crash loses rows and position together, and they are read again. */
function beginIn(schema: string): string {
  return `BEGIN; SET LOCAL search_path = ${schema}; SET LOCAL synchronous_commit = off`;
}
