import { type PayloadOf, type RecordedEvent } from '#events';
import {
  bandsOf,
  encodeSketch,
  encodeVocabulary,
  sketchOf,
  type Sketch,
  type Vocabulary,
  vocabularyOf,
} from '#near-duplicates';
import { pageOf } from './page-address.ts';
import { type Tx } from './text-index.ts';
import { wordingOf } from './wording.ts';

export type IndexEvent = RecordedEvent<
  'StatementReceived' | 'StatementSuperseded' | 'StatementRetracted' | 'StatementRedacted'
>;

/** What can be told of a text before it is recorded. */
export interface Preparation {
  readonly wording: string;
  readonly page: string | null;
  readonly sketch: Sketch;
  readonly vocabulary: Vocabulary;
}

/**
 * Takes events of the ledger into the index; those that are in it already change nothing.
 * @param prepared by statement; the others are prepared here
 */
export async function index(
  tx: Tx,
  events: readonly IndexEvent[],
  prepared: ReadonlyMap<string, Preparation> = new Map(),
): Promise<void> {
  await insertTexts(
    tx,
    events
      .filter((event) => event.type === 'StatementReceived')
      .map((event) => ({
        ...event,
        ...(prepared.get(event.payload.statementId) ?? indexed(event.payload)),
      })),
  );
  await markSuperseded(
    tx,
    events.filter((event) => event.type === 'StatementSuperseded'),
  );
  await markRetracted(
    tx,
    events.filter((event) => event.type === 'StatementRetracted'),
  );
  await forgetWords(
    tx,
    events.filter((event) => event.type === 'StatementRedacted'),
  );
}

export function prepare(
  statement: Pick<PayloadOf<'StatementReceived'>, 'publisher' | 'url' | 'body'>,
): Preparation {
  const { publisher, body } = statement;
  return {
    wording: wordingOf(publisher, body),
    page: pageOf(statement),
    sketch: sketchOf(body),
    vocabulary: vocabularyOf(body),
  };
}

/** Where the words are gone it is like nothing, but for the same wording. */
type Indexed = Omit<Preparation, 'sketch'> & { readonly sketch: Sketch | null };

function indexed(statement: PayloadOf<'StatementReceived'>): Indexed {
  const { redacted } = statement;
  if (redacted === undefined) return prepare(statement);
  return { wording: redacted.wording, page: pageOf(statement), sketch: null, vocabulary: vocabularyOf('') };
}

async function markSuperseded(
  tx: Tx,
  events: readonly RecordedEvent<'StatementSuperseded'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `UPDATE ingestion.text SET superseded_by = newer.statement_id
     FROM unnest($1::uuid[], $2::uuid[]) AS newer (older_id, statement_id)
     WHERE text.statement_id = newer.older_id AND superseded_by IS NULL`,
    [events.map(({ payload }) => payload.statementId), events.map(({ payload }) => payload.supersededBy)],
  );
}

async function markRetracted(tx: Tx, events: readonly RecordedEvent<'StatementRetracted'>[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query('UPDATE ingestion.text SET retracted = true WHERE statement_id = ANY ($1::uuid[])', [
    events.map(({ payload }) => payload.statementId),
  ]);
}

/** It stays known by its wording and its page; what else could tell of its words goes. */
async function forgetWords(tx: Tx, events: readonly RecordedEvent<'StatementRedacted'>[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `WITH redacted AS (
       UPDATE ingestion.text SET sketch = '', vocabulary = '' WHERE statement_id = ANY ($1::uuid[]) RETURNING position)
     DELETE FROM ingestion.text_band WHERE position IN (SELECT position FROM redacted)`,
    [events.map(({ payload }) => payload.statementId)],
  );
}

async function insertTexts(
  tx: Tx,
  texts: readonly (RecordedEvent<'StatementReceived'> & Indexed)[],
): Promise<void> {
  if (texts.length === 0) return;
  const bands = texts.flatMap(({ position, sketch }) =>
    sketch === null ? [] : bandsOf(sketch).map((band) => ({ band, position })),
  );
  await tx.query({
    name: 'insert-texts/2',
    text: `WITH texts AS (
       INSERT INTO ingestion.text
         (position, statement_id, publisher, published_at, cluster, wording, page, revises, sketch, fetched, vocabulary)
       SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[], $6::uuid[],
         $7::uuid[], $8::uuid[], $9::bytea[], $10::boolean[], $11::bytea[])
       ON CONFLICT DO NOTHING
     )
     INSERT INTO ingestion.text_band (band, position) SELECT * FROM unnest($12::int[], $13::bigint[])
     ON CONFLICT DO NOTHING`,
    values: [
      texts.map(({ position }) => position),
      texts.map(({ payload }) => payload.statementId),
      texts.map(({ payload }) => payload.publisher),
      texts.map(({ payload }) => payload.publishedAt),
      texts.map(({ payload }) => payload.cluster),
      texts.map(({ wording }) => wording),
      texts.map(({ page }) => page),
      texts.map(({ payload }) => payload.revises),
      texts.map(({ sketch }) => Buffer.from(sketch === null ? [] : encodeSketch(sketch))),
      texts.map(({ payload }) => payload.custody.fetch !== null),
      texts.map(({ vocabulary }) => Buffer.from(encodeVocabulary(vocabulary))),
      bands.map(({ band }) => band),
      bands.map(({ position }) => position),
    ],
  });
}
