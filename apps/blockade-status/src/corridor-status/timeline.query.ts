import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { day } from '#events';
import { type Ledger } from '#ledger';
import { CURSORS, InvalidInputError, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { daysOf, timelineOf, type StatusDay, type StatusSegment } from '#status';
import { type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { knownAtInput } from '../known-at.ts';
import { daysBetween, localDay } from './calendar.ts';
import { readBook, type KnownCorridor } from './corridor-book.reader.ts';

const rangeDaysMax = 36_500;

export const timelineRange = z.strictObject({
  ...pageQuery,
  /** Inclusive days; from the baseline or the first evidence, to today, when not given. */
  from: day.optional(),
  to: day.optional(),
  knownAt: knownAtInput.optional(),
  resolution: z.enum(['segment', 'day'], 'must be "segment" or "day"').default('segment'),
});
export type TimelineRange = z.output<typeof timelineRange>;

export type TimelinePage = Page<StatusSegment | StatusDay> & { readonly asOf: AsOf };

export class CorridorTimeline extends Query<TimelinePage> {
  constructor(
    readonly corridor: string,
    readonly range: TimelineRange,
    readonly now: Date,
  ) {
    super();
  }
}

@QueryHandler(CorridorTimeline)
export class CorridorTimelineHandler implements IQueryHandler<CorridorTimeline> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ corridor, range, now }: CorridorTimeline): Promise<TimelinePage> {
    const known = await readBook(this.pool, this.ledger, corridor, range.knownAt);
    const list = `timeline ${corridor} ${range.resolution}`;
    const after = range.cursor === undefined ? '' : this.cursors.open(list, range.cursor);
    const items = itemsOf(known, range, now).filter((item) => firstDayOf(item) > after);
    const page = pageOf(
      items,
      range.limit,
      (item) => item,
      (item) => this.cursors.seal(list, firstDayOf(item)),
    );
    return { ...page, asOf: known.asOf };
  }
}

function itemsOf(
  { book, definition }: KnownCorridor,
  { from, to, resolution }: TimelineRange,
  now: Date,
): readonly (StatusSegment | StatusDay)[] {
  const last = to ?? localDay(now, definition.timezone);
  const start = from ?? timelineOf(book)[0]?.from;
  if (start === undefined) return [];
  if (daysBetween(start, last) > rangeDaysMax) {
    throw new InvalidInputError([
      { pointer: '/from', message: `is more than ${rangeDaysMax} days before the end` },
    ]);
  }
  return resolution === 'day'
    ? daysOf(book, { from: start, to: last })
    : timelineOf(book, { from: start, to: last });
}

function firstDayOf(item: StatusSegment | StatusDay): string {
  return 'day' in item ? item.day : item.from;
}
