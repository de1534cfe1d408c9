import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { claimType, corridorId, storableText } from '#events';
import { type Ledger } from '#ledger';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { INGESTION_POOL, LEDGER } from '../ingestion.tokens.ts';
import { claimInText, type ClaimInText } from './claim-in-text.ts';

const word = storableText.pipe(z.string().max(200));

export const claimFilter = z.strictObject({
  ...pageQuery,
  review: z.enum(['pending', 'confirmed', 'rejected', 'amended', 'added']).optional(),
  corridor: corridorId.optional(),
  type: claimType.optional(),
  speaker: word.optional(),
  coder: word.optional(),
  /** The least certain first, or the latest recorded first. */
  sort: z.enum(['confidence', 'recorded'], 'must be "confidence" or "recorded"').default('recorded'),
});
export type ClaimFilter = z.output<typeof claimFilter>;

/** The claims that stand or were rejected: what a reviewer has to do, and has done. */
export class ClaimList extends Query<Page<ClaimInText>> {
  constructor(readonly filter: ClaimFilter) {
    super();
  }
}

interface Row {
  readonly claim_id: string;
  readonly statement_id: string;
  readonly confidence: number;
  readonly position: string;
}

/** Read at once for a page. */
const streamsMax = 20;

const orders = {
  confidence: { column: 'confidence', type: 'double precision', after: '>', direction: 'ASC' },
  recorded: { column: 'position', type: 'bigint', after: '<', direction: 'DESC' },
} as const;

@QueryHandler(ClaimList)
export class ClaimListHandler implements IQueryHandler<ClaimList> {
  constructor(
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ filter }: ClaimList): Promise<Page<ClaimInText>> {
    const list = `claims by ${filter.sort}`;
    const rows = await this.rowsAfter(
      filter,
      filter.cursor === undefined
        ? null
        : (JSON.parse(this.cursors.open(list, filter.cursor)) as [number | string, string]),
    );
    const { items, next } = pageOf(
      rows,
      filter.limit,
      (row) => row,
      (row) =>
        this.cursors.seal(
          list,
          JSON.stringify([filter.sort === 'confidence' ? row.confidence : row.position, row.claim_id]),
        ),
    );
    return { items: await this.inTheirTexts(items, filter), next };
  }

  private async rowsAfter(
    { sort, review, corridor, type, speaker, coder, limit }: ClaimFilter,
    place: readonly [number | string, string] | null,
  ): Promise<readonly Row[]> {
    const order = orders[sort];
    const { rows } = await this.pool.query<Row>(
      `SELECT claim_id, statement_id, confidence, position FROM ingestion.claim
       WHERE state IN ('standing', 'rejected')
         AND ($1::text IS NULL OR review = $1) AND ($2::text IS NULL OR corridor = $2)
         AND ($3::text IS NULL OR type = $3) AND ($4::text IS NULL OR speaker = $4)
         AND ($5::text IS NULL OR coder = $5)
         AND ($6::${order.type} IS NULL OR (${order.column}, claim_id) ${order.after} ($6, $7::uuid))
       ORDER BY ${order.column} ${order.direction}, claim_id ${order.direction} LIMIT $8`,
      [
        review ?? null,
        corridor ?? null,
        type ?? null,
        speaker ?? null,
        coder ?? null,
        place?.[0] ?? null,
        place?.[1] ?? null,
        limit + 1,
      ],
    );
    return rows;
  }

  /**
   * From the statements' streams, a few at a time: a text may have 1 MiB. A claim that a person has judged since the
   * rows were written is left out.
   */
  private async inTheirTexts(rows: readonly Row[], { review }: ClaimFilter): Promise<readonly ClaimInText[]> {
    const byStatement = [...Map.groupBy(rows, ({ statement_id }) => statement_id)];
    const found = new Map<string, ClaimInText>();
    for (let start = 0; start < byStatement.length; start += streamsMax) {
      const some = byStatement.slice(start, start + streamsMax);
      const streams = await Promise.all(some.map(([id]) => this.ledger.readStream(`statement-${id}`)));
      for (const [index, [, own]] of some.entries()) {
        for (const { claim_id: claimId } of own) {
          const claim = claimInText(claimId, streams[index] ?? []);
          if (claim !== null && (review === undefined || claim.review === review)) found.set(claimId, claim);
        }
      }
    }
    return rows.flatMap(({ claim_id }) => found.get(claim_id) ?? []);
  }
}
