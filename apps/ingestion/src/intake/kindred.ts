import { type Pool } from 'pg';

export interface KindredStatement {
  readonly statementId: string;
  readonly publisher: string;
  readonly publishedAt: string;
}

export interface StatementVersion extends KindredStatement {
  readonly supersededBy: string | null;
}

export interface Kindred {
  /** The others of its cluster, the first recorded first; the first hundred. */
  readonly copies: readonly KindredStatement[];
  /** All the others of its cluster; `GET /v1/statements?cluster=` has every one. */
  readonly copyCount: number;
  /** What stood on its page, itself among them, in order of recording; none where it has no page. */
  readonly versions: readonly StatementVersion[];
}

interface Row {
  readonly statement_id: string;
  readonly publisher: string;
  readonly published_at: Date;
  readonly superseded_by: string | null;
  readonly is_copy: boolean;
  readonly is_version: boolean;
  readonly copy_count: number;
}

const kindredMax = 100;

/** From the index, so that it shows what was recorded a moment ago. */
export async function kindredOf(pool: Pool, statementId: string): Promise<Kindred> {
  const { rows } = await pool.query<Row>(
    `WITH own AS (SELECT * FROM ingestion.text WHERE statement_id = $1),
     copies AS (
       SELECT text.position FROM ingestion.text JOIN own USING (cluster)
       WHERE text.statement_id <> $1 ORDER BY text.position LIMIT $2
     ), versions AS (
       SELECT text.position FROM ingestion.text JOIN own USING (page)
       ORDER BY text.position DESC LIMIT $2
     )
     SELECT statement_id, publisher, published_at, superseded_by,
            position IN (SELECT position FROM copies) AS is_copy,
            position IN (SELECT position FROM versions) AS is_version,
            (SELECT count(*)::int FROM ingestion.text JOIN own USING (cluster)
             WHERE text.statement_id <> $1) AS copy_count
     FROM ingestion.text
     WHERE position IN (SELECT position FROM copies UNION SELECT position FROM versions) ORDER BY position`,
    [statementId, kindredMax],
  );
  return {
    copies: rows.filter((row) => row.is_copy).map(kindred),
    copyCount: rows[0]?.copy_count ?? 0,
    versions: rows
      .filter((row) => row.is_version)
      .map((row) => ({ ...kindred(row), supersededBy: row.superseded_by })),
  };
}

function kindred(row: Row): KindredStatement {
  return {
    statementId: row.statement_id,
    publisher: row.publisher,
    publishedAt: row.published_at.toISOString(),
  };
}
