import { Inject } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { day } from '#events';
import { type Ledger } from '#ledger';
import { InvalidInputError } from '#platform';
import { localDay } from '#status';
import { type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { CorridorTimeline, type TimelinePage } from '../corridor-status/timeline.query.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { knownAtInput } from '../known-at.ts';
import { type SummedSegment, summaryOf, type TimelineSummary } from './timeline-summary.ts';

export const summaryRange = z
  .strictObject({
    /** Inclusive days; from the baseline or the first evidence, to today, when not given. */
    from: day.optional(),
    to: day.optional(),
    knownAt: knownAtInput.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['from'],
    message: 'is after the end',
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
    private readonly queries: QueryBus,
  ) {}

  async execute({ corridor, range, now }: CorridorSummary): Promise<SummaryView> {
    const { definition } = await readDefinedCorridor(this.pool, this.ledger, corridor, range.knownAt);
    const to = endOf(range, localDay(now, definition.timezone));
    // All of it: how often a status turned is not known from a page.
    const all = { ...range, to, resolution: 'segment', limit: Number.MAX_SAFE_INTEGER } as const;
    const { items, asOf } = await this.queries.execute(new CorridorTimeline(corridor, all, now));
    const segments = items.flatMap((item) => summed(item, to));
    const from = range.from ?? segments[0]?.from ?? null;
    return { corridor, from, to, ...summaryOf(segments), asOf };
  }
}

/** @throws InvalidInputError for days to come: nothing is known of them */
function endOf({ from, to }: SummaryRange, today: string): string {
  for (const [pointer, asked] of [
    ['/from', from],
    ['/to', to],
  ] as const) {
    if (asked !== undefined && asked > today)
      throw new InvalidInputError([
        { pointer, message: `is after today, which is ${today} at the corridor` },
      ]);
  }
  return to ?? today;
}

function summed(item: TimelinePage['items'][number], end: string): readonly SummedSegment[] {
  if ('day' in item) return [];
  const { from, to, status, disputed } = item;
  return [
    {
      from,
      to: to ?? end,
      status,
      disputed,
      flows: 'flows' in item ? (item.flows) : {},
    },
  ];
}
