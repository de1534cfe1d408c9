import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { type ClaimState, type Review } from '#claims';
import { claimType, storableText } from '#events';
import { type Ledger } from '#ledger';
import { CURSORS, momentQuery, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { asOfPosition, currentAsOf, type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { type StoredClaim } from '../corridor-status/claim-versions.ts';
import { readCorridors } from '../corridor-status/corridor-rows.ts';
import { UnknownCorridorError } from '../corridors/corridor.refusals.ts';
import { knownAtInput, positionOf } from '../known-at.ts';

export const claimFilter = z.strictObject({
  ...pageQuery,
  type: claimType.optional(),
  speaker: storableText.pipe(z.string().max(200)).optional(),
  /** Published at or after. */
  from: momentQuery.optional(),
  /** Published before. */
  to: momentQuery.optional(),
  knownAt: knownAtInput.optional(),
});
export type ClaimFilter = z.output<typeof claimFilter>;

export interface ClaimItem extends StoredClaim {
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

  async execute({ corridor, filter }: CorridorClaims) {
    if ((await readCorridors(this.pool, [corridor])).size === 0) throw new UnknownCorridorError(corridor);
    const list = `claims ${corridor}`;
    const before =
      filter.cursor === undefined
        ? null
        : (JSON.parse(this.cursors.open(list, filter.cursor)) as [string, string]);
    const knownAt =
      filter.knownAt === undefined
        ? null
        : await positionOf(this.pool, this.ledger, corridor, filter.knownAt);
    const { rows } = await this.pool.query<Row>(
      `SELECT claim, position, review,
         CASE WHEN until_position IS NULL OR until_position > $7 THEN 'standing' ELSE ended_as END AS state
       FROM blockade_status.claim AS c
       WHERE corridor = $1
         AND NOT EXISTS (
           SELECT 1 FROM blockade_status.claim AS later
           WHERE later.corridor = c.corridor AND later.claim_id = c.claim_id AND later.position > c.position
             AND ($7::bigint IS NULL OR later.position <= $7))
         AND ($2::bigint IS NULL OR (position, claim_id) < ($2, $3::uuid))
         AND ($4::text IS NULL OR type = $4) AND ($5::text IS NULL OR speaker = $5)
         AND ($6::timestamptz IS NULL OR published_at >= $6)
         AND ($7::bigint IS NULL OR position <= $7)
         AND ($8::timestamptz IS NULL OR published_at < $8)
       ORDER BY position DESC, claim_id DESC LIMIT $9`,
      [
        corridor,
        before?.[0] ?? null,
        before?.[1] ?? null,
        filter.type ?? null,
        filter.speaker ?? null,
        filter.from ?? null,
        knownAt,
        filter.to ?? null,
        filter.limit + 1,
      ],
    );
    const page = pageOf(
      rows,
      filter.limit,
      ({ claim, position, state, review }): ClaimItem => ({
        ...claim,
        corridor,
        position: Number(position),
        state,
        review,
      }),
      ({ claim, position }) => this.cursors.seal(list, JSON.stringify([position, claim.claimId])),
    );
    const asOf =
      knownAt === null ? await currentAsOf(this.pool, corridor) : await asOfPosition(this.pool, knownAt);
    return { ...page, asOf };
  }
}
