import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { day, flow, type CorridorDefinition } from '#events';
import { type Ledger } from '#ledger';
import { CURSORS, InvalidInputError, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { daysOf, segmentsOf, type StatusDay, type StatusSegment, type Turn } from '#status';
import { type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { knownAtInput } from '../known-at.ts';
import { lastDayOf } from '../valid-at.ts';
import { daysBetween } from './calendar.ts';
import { readTurns } from './turn-rows.ts';

const rangeDaysMax = 36_500;

export const timelineRange = z.strictObject({
  ...pageQuery,
  /** Inclusive days; from the baseline or the first evidence, to today, when not given. */
  from: day.optional(),
  to: day.optional(),
  knownAt: knownAtInput.optional(),
  /** That flow's status in place of the headline's. */
  flow: flow.optional(),
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
    const { definition, asOf } = await readDefinedCorridor(this.pool, this.ledger, corridor, range.knownAt);
    const turns = await readTurns(this.pool, corridor, asOf.position);
    const list = `timeline ${corridor} ${range.resolution}`;
    const after = range.cursor === undefined ? '' : this.cursors.open(list, range.cursor);
    const items = itemsOf(turns, definition, range, now).filter((item) => firstDayOf(item) > after);
    const page = pageOf(
      items,
      range.limit,
      (item) => item,
      (item) => this.cursors.seal(list, firstDayOf(item)),
    );
    return { ...page, asOf };
  }
}

function itemsOf(
  turns: readonly Turn[],
  definition: CorridorDefinition,
  { from, to, flow: of, resolution }: TimelineRange,
  now: Date,
): readonly (StatusSegment | StatusDay)[] {
  const last = lastDayOf(to, definition, now);
  const range = { from: from ?? turns[0]?.from ?? last, to: last };
  if (daysBetween(range.from, range.to) > rangeDaysMax) {
    throw new InvalidInputError([
      { pointer: '/from', message: `is more than ${rangeDaysMax} days before the end` },
    ]);
  }
  return resolution === 'day' ? daysOf(turns, range, of ?? null) : segmentsOf(turns, range, of ?? null);
}

function firstDayOf(item: StatusSegment | StatusDay): string {
  return 'day' in item ? item.day : item.from;
}
