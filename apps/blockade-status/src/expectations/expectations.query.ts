import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { type Flow } from '#events';
import { type Ledger } from '#ledger';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { readShownClaims, type ShownClaim } from '../claims/shown-claims.reader.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { knownAtInput } from '../known-at.ts';
import { validAtInput, validDayOf } from '../valid-at.ts';
import { type ClaimPlace } from './expectation-claim.ts';
import { readExpectationClaims } from './expectation-claims.reader.ts';
import { type Expectation, expectationsOn, expectationStates, laterAnnouncedFirst } from './expectation.ts';

export const expectationFilter = z.strictObject({
  ...pageQuery,
  state: z.enum(expectationStates).optional(),
  /** How it stood on that day; today without one. */
  validAt: validAtInput.optional(),
  knownAt: knownAtInput.optional(),
});
export type ExpectationFilter = z.output<typeof expectationFilter>;

export interface ExpectationItem extends Pick<
  Expectation,
  'state' | 'expects' | 'dueOn' | 'lapsesOn' | 'metOn' | 'reportCount'
> {
  /** That of the first announcement's claim. */
  readonly id: string;
  readonly kind: 'status' | 'commitment';
  readonly conditional: boolean;
  readonly flows: readonly Flow[];
  readonly speaker: string;
  readonly announcedOn: string;
  readonly announcement: ShownClaim | null;
  readonly metBy: ShownClaim | null;
}

export type ExpectationsPage = Page<ExpectationItem> & { readonly validAt: string; readonly asOf: AsOf };

/** What was announced, promised or threatened, and what became of it; the latest announced first. */
export class CorridorExpectations extends Query<ExpectationsPage> {
  constructor(
    readonly corridor: string,
    readonly filter: ExpectationFilter,
    readonly now: Date,
  ) {
    super();
  }
}

@QueryHandler(CorridorExpectations)
export class CorridorExpectationsHandler implements IQueryHandler<CorridorExpectations> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ corridor, filter, now }: CorridorExpectations): Promise<ExpectationsPage> {
    const { definition, asOf } = await readDefinedCorridor(this.pool, this.ledger, corridor, filter.knownAt);
    const validAt = validDayOf(filter.validAt, definition, now);
    const claims = await readExpectationClaims(this.pool, corridor, asOf.position, definition.timezone);
    const { items, next } = this.pageOf(`expectations ${corridor}`, filter, expectationsOn(validAt, claims));
    const ids = items.flatMap(({ announcement, metBy }) =>
      metBy === null ? [announcement.claimId] : [announcement.claimId, metBy.claimId],
    );
    const shown = await readShownClaims(this.pool, corridor, asOf.position, ids);
    return { items: items.map((item) => itemOf(item, shown)), next, validAt, asOf };
  }

  private pageOf(
    list: string,
    { state, limit, cursor }: ExpectationFilter,
    expectations: readonly Expectation[],
  ): Page<Expectation> {
    const last = cursor === undefined ? null : (JSON.parse(this.cursors.open(list, cursor)) as ClaimPlace);
    const left = expectations.filter(
      (each) =>
        (state === undefined || each.state === state) &&
        (last === null || laterAnnouncedFirst(last, each.announcement) < 0),
    );
    return pageOf(
      left,
      limit,
      (each) => each,
      ({ announcement: { claimId, publishedMs } }) =>
        this.cursors.seal(list, JSON.stringify({ claimId, publishedMs } satisfies ClaimPlace)),
    );
  }
}

function itemOf(
  { announcement, metBy, state, expects, dueOn, lapsesOn, metOn, reportCount }: Expectation,
  shown: ReadonlyMap<string, ShownClaim>,
): ExpectationItem {
  return {
    id: announcement.claimId,
    state,
    kind: announcement.type === 'commitment' ? 'commitment' : 'status',
    expects,
    flows: announcement.flows,
    conditional: announcement.modality === 'conditional',
    speaker: announcement.speaker,
    announcedOn: announcement.saidOn,
    dueOn,
    lapsesOn,
    metOn,
    reportCount,
    announcement: shown.get(announcement.claimId) ?? null,
    metBy: metBy === null ? null : (shown.get(metBy.claimId) ?? null),
  };
}
