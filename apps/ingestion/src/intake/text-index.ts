import { type PoolClient } from 'pg';
import { bandsOf, decodeSketch, decodeVocabulary, type Sketch, type Vocabulary } from '#near-duplicates';
import { type Earlier, type Standing } from './arrival.place.ts';

export type Tx = Pick<PoolClient, 'query'>;

/** A statement with a wording that was asked about. */
export interface WordedText extends Earlier {
  readonly wording: string;
}

/** A statement that stands on a page that was asked about. */
export interface StandingText extends Omit<Standing, 'resemblance'> {
  readonly page: string;
  readonly vocabulary: Vocabulary;
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

/** Of a page with thousands of facts only the latest are compared, as all processes wait for it. */
const standingMax = 100;

interface TextRow {
  readonly statement_id: string;
  readonly published_at: Date;
  readonly superseded_by: string | null;
  readonly retracted: boolean;
  readonly fetched: boolean;
  readonly wording: string;
  /** Null for one that was found by its wording. */
  readonly page: string | null;
  readonly vocabulary: Buffer;
}

/** Texts with one of the wordings, and those that stand on one of the pages, both in order of their recording. */
export async function textsLike(
  tx: Tx,
  wordings: readonly string[],
  pages: readonly string[],
): Promise<{ readonly sameWording: readonly WordedText[]; readonly onPage: readonly StandingText[] }> {
  const { rows } = await tx.query<TextRow>({
    // Without a name, so that it is planned by what the table holds now: a plan made while it was empty reads all of it.
    // What was revised stands no more, also where the event that ends it is missing yet, or never comes as it was
    // retracted. One value for each, since a NOT EXISTS may be planned to read the whole table first.
    text: `SELECT position, statement_id, published_at, superseded_by, retracted, fetched, wording,
       NULL AS page, ''::bytea AS vocabulary
     FROM ingestion.text WHERE wording = ANY ($1::uuid[])
     UNION ALL
     SELECT standing.* FROM unnest($2::uuid[]) AS wanted (page) CROSS JOIN LATERAL (
       SELECT position, statement_id, published_at, superseded_by, retracted, fetched, wording, page, vocabulary
       FROM ingestion.text AS t WHERE t.page = wanted.page AND superseded_by IS NULL
       ORDER BY position DESC LIMIT $3
     ) AS standing
     WHERE (SELECT position FROM ingestion.text WHERE revises = standing.statement_id LIMIT 1) IS NULL
     ORDER BY position`,
    values: [wordings, pages, standingMax],
  });
  return { sameWording: rows.flatMap(wordedText), onPage: rows.flatMap(standingText) };
}

function wordedText(row: TextRow): readonly WordedText[] {
  return row.page === null ? [{ ...earlier(row), wording: row.wording }] : [];
}

function standingText(row: TextRow): readonly StandingText[] {
  const { page, fetched, vocabulary } = row;
  if (page === null) return [];
  return [{ ...earlier(row), page, isFetched: fetched, vocabulary: decodeVocabulary(vocabulary) }];
}

function earlier(row: TextRow): Earlier {
  return {
    statementId: row.statement_id,
    publishedAt: row.published_at.toISOString(),
    supersededBy: row.superseded_by,
    isRetracted: row.retracted,
  };
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
