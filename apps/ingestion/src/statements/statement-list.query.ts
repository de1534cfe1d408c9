import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { claimType, corridorId, publisherName, storableText } from '#events';
import { CURSORS, momentQuery, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { INGESTION_POOL } from '../ingestion.tokens.ts';

export const statementFilter = z.strictObject({
  ...pageQuery,
  corridor: corridorId.optional(),
  publisher: publisherName.optional(),
  speaker: storableText.pipe(z.string().max(200)).optional(),
  type: claimType.optional(),
  /** Published at or after. */
  from: momentQuery.optional(),
  /** Published before. */
  to: momentQuery.optional(),
});
export type StatementFilter = z.output<typeof statementFilter>;

export interface StatementListItem {
  readonly statementId: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly publishedAt: string;
  readonly title: string | null;
  readonly language: string | null;
  readonly position: number;
  readonly retracted: boolean;
}

/** Statements, the latest recorded first. */
export class StatementList extends Query<Page<StatementListItem>> {
  constructor(readonly filter: StatementFilter) {
    super();
  }
}

interface Row {
  readonly statement_id: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly published_at: Date;
  readonly title: string | null;
  readonly language: string | null;
  readonly position: string;
  readonly retracted: boolean;
}

const list = 'statements';

@QueryHandler(StatementList)
export class StatementListHandler implements IQueryHandler<StatementList> {
  constructor(
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ filter }: StatementList): Promise<Page<StatementListItem>> {
    const before = filter.cursor === undefined ? null : this.cursors.open(list, filter.cursor);
    const { rows } = await this.pool.query<Row>(
      `SELECT statement_id, publisher, url, published_at, title, language, position,
              EXISTS (SELECT 1 FROM ingestion.retraction AS r WHERE r.statement_id = s.statement_id) AS retracted
       FROM ingestion.statement AS s
       WHERE ($1::bigint IS NULL OR position < $1)
         AND ($2::text IS NULL OR publisher = $2)
         AND ($3::timestamptz IS NULL OR published_at >= $3)
         AND ($4::timestamptz IS NULL OR published_at < $4)
         AND (($5::text IS NULL AND $6::text IS NULL AND $7::text IS NULL) OR EXISTS (
           SELECT 1 FROM ingestion.statement_claim AS c
           WHERE c.statement_id = s.statement_id AND ($5::text IS NULL OR c.corridor = $5)
             AND ($6::text IS NULL OR c.speaker = $6) AND ($7::text IS NULL OR c.type = $7)))
       ORDER BY position DESC LIMIT $8`,
      [
        before,
        filter.publisher ?? null,
        filter.from ?? null,
        filter.to ?? null,
        filter.corridor ?? null,
        filter.speaker ?? null,
        filter.type ?? null,
        filter.limit + 1,
      ],
    );
    return pageOf(rows, filter.limit, itemOf, (row) => this.cursors.seal(list, row.position));
  }
}

function itemOf(row: Row): StatementListItem {
  return {
    statementId: row.statement_id,
    publisher: row.publisher,
    url: row.url,
    publishedAt: row.published_at.toISOString(),
    title: row.title,
    language: row.language,
    position: Number(row.position),
    retracted: row.retracted,
  };
}
