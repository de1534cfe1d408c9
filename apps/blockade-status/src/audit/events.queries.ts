import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { LogReader, NoSuchPositionError, readRecords, type LogSizes } from '#transparency';
import { recordView, type RecordView } from './record.view.ts';

export interface EventsRange {
  readonly after: number;
  /** All that there are when not given. */
  readonly limit?: number | undefined;
  readonly corridor?: string | undefined;
}

/** Answers lines of NDJSON, as they are asked for. */
export class AuditEvents extends Query<AsyncIterable<string>> {
  constructor(readonly range: EventsRange) {
    super();
  }
}

/** A statement may have a megabyte, so this many are read at once. */
const pageMax = 64;

@QueryHandler(AuditEvents)
export class AuditEventsHandler implements IQueryHandler<AuditEvents> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  async execute({ range }: AuditEvents): Promise<AsyncIterable<string>> {
    // Read before the answer begins: a database that is away is still told by a status.
    const sizes = await this.log.sizes();
    return this.lines(range, sizes);
  }

  private async *lines(
    { after, limit = Infinity, corridor }: EventsRange,
    sizes: LogSizes,
  ): AsyncGenerator<string> {
    let last = after;
    for (let left = limit; left > 0;) {
      const records = await readRecords(this.log.pool, {
        after: last,
        through: sizes.appended,
        limit: Math.min(pageMax, left),
        corridor: corridor ?? null,
      });
      if (records.length === 0) return;
      yield records.map((record) => `${JSON.stringify(recordView(record, sizes))}\n`).join('');
      last = records.at(-1)?.leaf.position ?? last;
      left -= records.length;
    }
  }
}

export class AuditEvent extends Query<RecordView> {
  constructor(readonly position: number) {
    super();
  }
}

@QueryHandler(AuditEvent)
export class AuditEventHandler implements IQueryHandler<AuditEvent> {
  constructor(@Inject(LogReader) private readonly log: LogReader) {}

  async execute({ position }: AuditEvent): Promise<RecordView> {
    const page = { after: position - 1, through: position, limit: 1, corridor: null };
    const [record] = await readRecords(this.log.pool, page);
    const sizes = await this.log.sizes();
    if (record === undefined) throw new NoSuchPositionError(position, sizes.appended);
    return recordView(record, sizes);
  }
}
