import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { type ClaimState, type Review } from '#claims';
import { claimType, corridorStatus, flow, passageEffect, publisherName, storableText } from '#events';
import { type Ledger } from '#ledger';
import { CURSORS, momentQuery, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { type Shown, withoutTold } from './shown-claims.reader.ts';
import { type StoredClaim } from '../corridor-status/claim-versions.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { knownAtInput } from '../known-at.ts';
import { validAtInput, validDayOf } from '../valid-at.ts';

export const claimFilter = z.strictObject({
  ...pageQuery,
  type: claimType.optional(),
  status: corridorStatus.optional(),
  /** Claims that name this flow; those that speak of the way as a whole name none. */
  flow: flow.optional(),
  effect: passageEffect.optional(),
  speaker: storableText.pipe(z.string().max(200)).optional(),
  publisher: publisherName.optional(),
  /** The claims of a text and of its reprints. */
  cluster: z.uuid().optional(),
  /** Published at or after. */
  from: momentQuery.optional(),
  /** Published before. */
  to: momentQuery.optional(),
  /** Claims that bear on that local day: published by its end, or speaking of it or of a day before it. */
  validAt: validAtInput.optional(),
  knownAt: knownAtInput.optional(),
});
export type ClaimFilter = z.output<typeof claimFilter>;

export interface ClaimItem extends Shown<StoredClaim> {
  readonly corridor: string;
  /** The ledger position at which it became known as it is here. */
  readonly position: number;
  readonly state: ClaimState;
  readonly review: Review;
}

/** The claims about a corridor in their latest version, the latest recorded first; those that count no longer are marked. */
export class CorridorClaims extends Query<Page<ClaimItem> & { readonly asOf: AsOf }> {
  constructor(
    readonly corridor: string,
    readonly filter: ClaimFilter,
    readonly now: Date,
  ) {
    super();
  }
}

interface Row {
  readonly claim: StoredClaim;
  readonly position: string;
  readonly state: ClaimState;
  readonly review: Review;
}

@QueryHandler(CorridorClaims)
export class CorridorClaimsHandler implements IQueryHandler<CorridorClaims> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ corridor, filter, now }: CorridorClaims) {
    const { definition, asOf } = await readDefinedCorridor(this.pool, this.ledger, corridor, filter.knownAt);
    const list = `claims ${corridor}`;
    const before =
      filter.cursor === undefined
        ? null
        : (JSON.parse(this.cursors.open(list, filter.cursor)) as [string, string]);
    const rows = await readVersions(this.pool, corridor, asOf.position, {
      ...filter,
      before,
      timezone: definition.timezone,
      validDay: filter.validAt === undefined ? null : validDayOf(filter.validAt, definition, now),
    });
    const page = pageOf(
      rows,
      filter.limit,
      ({ claim, position, state, review }): ClaimItem => ({
        ...withoutTold(claim),
        corridor,
        position: Number(position),
        state,
        review,
      }),
      ({ claim, position }) => this.cursors.seal(list, JSON.stringify([position, claim.claimId])),
    );
    return { ...page, asOf };
  }
}

interface VersionFilter extends ClaimFilter {
  readonly before: readonly [position: string, claimId: string] | null;
  readonly validDay: string | null;
  readonly timezone: string;
}

/** One row more than the limit, which tells that there is a next page. */
async function readVersions(
  pool: Pool,
  corridor: string,
  knownAt: number,
  filter: VersionFilter,
): Promise<readonly Row[]> {
  const { rows } = await pool.query<Row>(
    `SELECT claim, position, review,
       CASE WHEN until_position IS NULL OR until_position > $2 THEN 'standing' ELSE ended_as END AS state
     FROM blockade_status.claim AS c
     WHERE corridor = $1 AND position <= $2
       AND NOT EXISTS (
         SELECT 1 FROM blockade_status.claim AS later
         WHERE later.corridor = c.corridor AND later.claim_id = c.claim_id
           AND later.position > c.position AND later.position <= $2)
       AND ($3::bigint IS NULL OR (position, claim_id) < ($3, $4::uuid))
       AND ($5::text IS NULL OR type = $5)
       AND ($6::text IS NULL OR status = $6)
       AND ($7::text IS NULL OR flows @> ARRAY[$7])
       AND ($8::text IS NULL OR effect = $8)
       AND ($9::text IS NULL OR speaker = $9)
       AND ($10::text IS NULL OR publisher = $10)
       AND ($11::uuid IS NULL OR cluster = $11)
       AND ($12::timestamptz IS NULL OR published_at >= $12)
       AND ($13::timestamptz IS NULL OR published_at < $13)
       AND ($14::date IS NULL OR valid_from <= $14
         OR published_at < ($14 + 1)::timestamp AT TIME ZONE $15::text)
     ORDER BY position DESC, claim_id DESC LIMIT $16`,
    [
      corridor,
      knownAt,
      filter.before?.[0] ?? null,
      filter.before?.[1] ?? null,
      filter.type ?? null,
      filter.status ?? null,
      filter.flow ?? null,
      filter.effect ?? null,
      filter.speaker ?? null,
      filter.publisher ?? null,
      filter.cluster ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.validDay,
      filter.timezone,
      filter.limit + 1,
    ],
  );
  return rows;
}
