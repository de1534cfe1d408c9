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
  /**
   * The texts that took each other's place on its page, itself among them, in order of recording; none where it has no
   * page. Of the last hundred on that page.
   */
  readonly versions: readonly StatementVersion[];
}

interface Row {
  readonly statement_id: string;
  readonly publisher: string;
  readonly published_at: Date;
  readonly superseded_by: string | null;
  readonly revises: string | null;
  readonly is_copy: boolean;
  readonly is_on_page: boolean;
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
     ), on_page AS (
       SELECT text.position FROM ingestion.text JOIN own USING (page)
       ORDER BY text.position DESC LIMIT $2
     )
     SELECT statement_id, publisher, published_at, superseded_by, revises,
            position IN (SELECT position FROM copies) AS is_copy,
            position IN (SELECT position FROM on_page) AS is_on_page,
            (SELECT count(*)::int FROM ingestion.text JOIN own USING (cluster)
             WHERE text.statement_id <> $1) AS copy_count
     FROM ingestion.text
     WHERE position IN (SELECT position FROM copies UNION SELECT position FROM on_page) ORDER BY position`,
    [statementId, kindredMax],
  );
  return {
    copies: rows.filter((row) => row.is_copy).map(kindred),
    copyCount: rows[0]?.copy_count ?? 0,
    versions: versionsOf(
      statementId,
      rows.filter((row) => row.is_on_page),
    ).map((row) => ({ ...kindred(row), supersededBy: row.superseded_by })),
  };
}

/** Those of the page that are linked to the statement, directly or by others; the rest are other facts of the page. */
function versionsOf(statementId: string, onPage: readonly Row[]): readonly Row[] {
  const linked = new Set([statementId]);
  for (let before = 0; before < linked.size;) {
    before = linked.size;
    for (const row of onPage) {
      const links = [row.statement_id, row.revises, row.superseded_by].filter((id) => id !== null);
      if (links.some((id) => linked.has(id))) for (const id of links) linked.add(id);
    }
  }
  return onPage.filter(({ statement_id }) => linked.has(statement_id));
}

function kindred(row: Row): KindredStatement {
  return {
    statementId: row.statement_id,
    publisher: row.publisher,
    publishedAt: row.published_at.toISOString(),
  };
}
