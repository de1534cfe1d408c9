import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { day } from '#events';
import { type Ledger } from '#ledger';
import { InvalidInputError } from '#platform';
import { segmentsOf } from '#status';
import { type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { readTurns } from '../corridor-status/turn-rows.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { knownAtInput } from '../known-at.ts';
import { lastDayOf } from '../valid-at.ts';
import { summaryOf, type TimelineSummary } from './timeline-summary.ts';

export const summaryRange = z.strictObject({
  /** Inclusive days; from the baseline or the first evidence, to today, when not given. */
  from: day.optional(),
  to: day.optional(),
  knownAt: knownAtInput.optional(),
});
export type SummaryRange = z.output<typeof summaryRange>;

export interface SummaryView extends TimelineSummary {
  readonly corridor: string;
  /** Null where there is neither a baseline nor evidence. */
  readonly from: string | null;
  readonly to: string;
  readonly asOf: AsOf;
}

/** How many days a corridor was how. */
export class CorridorSummary extends Query<SummaryView> {
  constructor(
    readonly corridor: string,
    readonly range: SummaryRange,
    readonly now: Date,
  ) {
    super();
  }
}

@QueryHandler(CorridorSummary)
export class CorridorSummaryHandler implements IQueryHandler<CorridorSummary> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  async execute({ corridor, range, now }: CorridorSummary): Promise<SummaryView> {
    const { definition, asOf } = await readDefinedCorridor(this.pool, this.ledger, corridor, range.knownAt);
    const to = lastDayOf(range.to, definition, now);
    if (range.from !== undefined && range.from > to)
      throw new InvalidInputError([{ pointer: '/from', message: `is after the end, ${to}` }]);
    const turns = await readTurns(this.pool, corridor, asOf.position);
    const from = range.from ?? turns[0]?.from ?? null;
    const segments = from === null ? [] : segmentsOf(turns, { from, to });
    const summary = summaryOf(segments.map((segment) => ({ ...segment, to: segment.to ?? to })));
    return { corridor, from, to, ...summary, asOf };
  }
}
