import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { type Coder } from '#coding';
import { claimType, corridorId, publisherName, statementId, storableText } from '#events';
import { CURSORS, momentQuery, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { CODERS, INGESTION_POOL } from '../ingestion.tokens.ts';

export const statementFilter = z.strictObject({
  ...pageQuery,
  corridor: corridorId.optional(),
  publisher: publisherName.optional(),
  speaker: storableText.pipe(z.string().max(200)).optional(),
  type: claimType.optional(),
  cluster: statementId.optional(),
  /** Those that no coder reads and no person has read or found a claim in. */
  coding: z.literal('pending').optional(),
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
  readonly detectedLanguage: string | null;
  readonly cluster: string;
  readonly position: number;
  readonly retracted: boolean;
  readonly supersededBy: string | null;
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
  readonly detected_language: string | null;
  readonly cluster: string;
  readonly position: string;
  readonly retracted: boolean;
  readonly superseded_by: string | null;
}

const list = 'statements';

@QueryHandler(StatementList)
export class StatementListHandler implements IQueryHandler<StatementList> {
  constructor(
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
    @Inject(CODERS) private readonly coders: readonly Coder[],
  ) {}

  async execute({ filter }: StatementList): Promise<Page<StatementListItem>> {
    const before = filter.cursor === undefined ? null : this.cursors.open(list, filter.cursor);
    const { rows } = await this.pool.query<Row>(
      `SELECT statement_id, publisher, url, published_at, title, language, detected_language, cluster_id AS cluster, position,
              retracted, superseded_by
       FROM (
         SELECT *, coalesce(cluster, statement_id) AS cluster_id, EXISTS (SELECT 1 FROM ingestion.retraction AS r WHERE r.statement_id = s.statement_id) AS retracted,
                (SELECT superseded_by FROM ingestion.supersession AS n WHERE n.statement_id = s.statement_id)
         FROM ingestion.statement AS s
       ) AS listed
       WHERE ($1::bigint IS NULL OR position < $1)
         AND ($2::text IS NULL OR publisher = $2)
         AND ($3::timestamptz IS NULL OR published_at >= $3)
         AND ($4::timestamptz IS NULL OR published_at < $4)
         AND (($5::text IS NULL AND $6::text IS NULL AND $7::text IS NULL) OR EXISTS (
           SELECT 1 FROM ingestion.statement_claim AS c
           WHERE c.statement_id = listed.statement_id AND ($5::text IS NULL OR c.corridor = $5)
             AND ($6::text IS NULL OR c.speaker = $6) AND ($7::text IS NULL OR c.type = $7)))
         AND ($9::uuid IS NULL OR cluster_id = $9)
         AND ($10::text[] IS NULL OR (
           split_part(lower(coalesce(detected_language, language, '')), '-', 1) <> ALL ($10)
           AND NOT retracted AND superseded_by IS NULL
           AND NOT EXISTS (SELECT 1 FROM ingestion.statement_claim AS c WHERE c.statement_id = listed.statement_id)
           AND NOT EXISTS (SELECT 1 FROM ingestion.reading AS h WHERE h.statement_id = listed.statement_id)))
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
        filter.cluster ?? null,
        filter.coding === undefined ? null : this.coders.flatMap(({ languages }) => languages),
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
    detectedLanguage: row.detected_language,
    cluster: row.cluster,
    position: Number(row.position),
    retracted: row.retracted,
    supersededBy: row.superseded_by,
  };
}
