import { type PoolClient } from 'pg';
import { bandsOf, decodeSketch, type Sketch } from '#near-duplicates';
import { type Earlier } from './arrival.place.ts';

export type Tx = Pick<PoolClient, 'query'>;

/** A statement as the index has it. */
export interface IndexedText extends Earlier {
  readonly cluster: string;
  readonly wording: string;
  readonly page: string | null;
}

/** A text that may be a copy of one that came in. */
export interface Candidate {
  /** Which of the texts asked about. */
  readonly arrival: number;
  readonly cluster: string;
  readonly sketch: Sketch;
}

/** Of texts that share a band with thousands of others (a footer, a form) only the latest are compared. */
const perBandMax = 8;
const candidatesMax = 8;

interface TextRow {
  readonly statement_id: string;
  readonly published_at: Date;
  readonly superseded_by: string | null;
  readonly retracted: boolean;
  readonly cluster: string;
  readonly wording: string;
  readonly page: string | null;
}

/** Texts with one of the wordings, and those that stand on one of the pages, in order of their recording. */
export async function textsLike(
  tx: Tx,
  wordings: readonly string[],
  pages: readonly string[],
): Promise<readonly IndexedText[]> {
  const { rows } = await tx.query<TextRow>({
    // Without a name, so that it is planned by what the table holds now: a plan made while it was empty reads all of it.
    text: `SELECT statement_id, published_at, superseded_by, retracted, cluster, wording, page
     FROM ingestion.text
     WHERE wording = ANY ($1::uuid[]) OR (page = ANY ($2::uuid[]) AND superseded_by IS NULL)
     ORDER BY position`,
    values: [wordings, pages],
  });
  return rows.map((row) => ({
    statementId: row.statement_id,
    publishedAt: row.published_at.toISOString(),
    supersededBy: row.superseded_by,
    isRetracted: row.retracted,
    cluster: row.cluster,
    wording: row.wording,
    page: row.page,
  }));
}

/** For each sketch the texts that share most bands with it. */
export async function candidatesFor(tx: Tx, sketches: readonly Sketch[]): Promise<readonly Candidate[]> {
  const wanted = sketches.flatMap((sketch, arrival) => bandsOf(sketch).map((band) => ({ arrival, band })));
  const { rows } = await tx.query<{ arrival: number; cluster: string; sketch: Buffer }>({
    // Without a name, so that it is planned by what the table holds now: a plan made while it was empty reads all of it.
    text: `WITH hit AS (
       SELECT wanted.arrival, found.position, count(*) AS band_count
       FROM unnest($1::int[], $2::int[]) AS wanted (arrival, band)
       CROSS JOIN LATERAL (
         SELECT position FROM ingestion.text_band AS b WHERE b.band = wanted.band ORDER BY position DESC LIMIT $3
       ) AS found
       GROUP BY wanted.arrival, found.position
     ), ranked AS (
       SELECT arrival, position,
              row_number() OVER (PARTITION BY arrival ORDER BY band_count DESC, position) AS rank
       FROM hit
     )
     SELECT arrival, t.cluster, t.sketch FROM ranked JOIN ingestion.text AS t USING (position)
     WHERE rank <= $4 ORDER BY arrival, rank`,
    values: [wanted.map(({ arrival }) => arrival), wanted.map(({ band }) => band), perBandMax, candidatesMax],
  });
  return rows.map((row) => ({ ...row, sketch: decodeSketch(row.sketch) }));
}

/** Statements whose earlier version still counts, because whoever recorded them was stopped in between. */
export async function unfinishedRevisions(
  tx: Tx,
): Promise<readonly { readonly statementId: string; readonly revises: string }[]> {
  const { rows } = await tx.query<{ statement_id: string; revises: string }>(
    `SELECT newer.statement_id, newer.revises
     FROM ingestion.text AS newer JOIN ingestion.text AS older ON older.statement_id = newer.revises
     WHERE newer.revises IS NOT NULL AND older.superseded_by IS NULL AND NOT older.retracted ORDER BY newer.position`,
  );
  return rows.map((row) => ({ statementId: row.statement_id, revises: row.revises }));
}
