import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { type DerivedState } from '#status';
import { currentAsOf, type AsOf } from '../as-of.ts';
import { STATUS_POOL } from '../blockade-status.tokens.ts';
import { stateView, type StateView } from '../corridor-status/status.view.ts';

const reviewReason = z.enum(
  ['disputed', 'stale', 'low_confidence', 'conflict'],
  'must be disputed, stale, low_confidence or conflict',
);
export type ReviewReason = z.output<typeof reviewReason>;

export const reviewQueuePage = z.strictObject({ ...pageQuery, reason: reviewReason.optional() });
export type ReviewQueuePage = z.output<typeof reviewQueuePage>;

export interface ReviewItem extends StateView {
  readonly corridor: string;
  readonly name: string;
  readonly reasons: readonly ReviewReason[];
}

/** Corridors whose current status asks for a person's judgement, those first of which nothing was heard for longest. */
export class ReviewQueue extends Query<Page<ReviewItem> & { readonly asOf: AsOf }> {
  constructor(readonly page: ReviewQueuePage) {
    super();
  }
}

interface Row {
  readonly corridor: string;
  readonly name: string;
  readonly state: DerivedState;
  readonly reasons: readonly ReviewReason[];
  readonly heard: string;
}

const list = 'review queue';

@QueryHandler(ReviewQueue)
export class ReviewQueueHandler implements IQueryHandler<ReviewQueue> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ page: { reason, cursor, limit } }: ReviewQueue) {
    const after =
      cursor === undefined
        ? [null, null]
        : (JSON.parse(this.cursors.open(list, cursor)) as [heard: string, corridor: string]);
    const rows = await readQueue(this.pool, reason ?? null, after, limit + 1);
    const page = pageOf(
      rows,
      limit,
      ({ corridor, name, reasons, state }): ReviewItem => ({ corridor, name, reasons, ...stateView(state) }),
      ({ heard, corridor }) => this.cursors.seal(list, JSON.stringify([heard, corridor])),
    );
    return { ...page, asOf: await currentAsOf(this.pool, null) };
  }
}

async function readQueue(
  pool: Pool,
  reason: ReviewReason | null,
  after: readonly (string | null)[],
  limit: number,
): Promise<readonly Row[]> {
  const { rows } = await pool.query<Row>(
    // Of what was never known no confidence can be low; a status that silence made unknown is stale.
    `SELECT corridor, definition ->> 'name' AS name, state, reasons, heard::text FROM blockade_status.corridor,
       LATERAL (SELECT coalesce(last_evidence_on, '0001-01-01') AS heard, array_remove(ARRAY[
         CASE WHEN disputed THEN 'disputed' END,
         CASE WHEN stale THEN 'stale' END,
         CASE WHEN confidence = 'low' AND status <> 'unknown' THEN 'low_confidence' END,
         CASE WHEN conflict THEN 'conflict' END], NULL) AS reasons) AS asks
     WHERE CASE WHEN $1::text IS NULL THEN reasons <> '{}' ELSE $1 = ANY (reasons) END
       AND ($2::date IS NULL OR (heard, corridor) > ($2, $3))
     ORDER BY heard, corridor LIMIT $4`,
    [reason, ...after, limit],
  );
  return rows;
}
