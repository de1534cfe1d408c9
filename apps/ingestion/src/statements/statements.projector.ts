import { type RecordedEvent } from '#events';
import { type Projector, type Tx } from '#projection';
import { replaceClaims } from './statement-claim.rows.ts';

const reads = [
  'StatementReceived',
  'StatementCoded',
  'ClaimAdded',
  'ClaimReviewed',
  'StatementReviewed',
  'StatementSuperseded',
  'StatementRetracted',
  'StatementRedacted',
] as const;
type Reads = (typeof reads)[number];

/**
 * Keeps the list of statements. The events of one statement travel under different keys and may come in any
 * order, so each fills rows of its own.
 */
export const statementsProjector: Projector<Reads> = {
  name: 'ingestion-statements',
  reads,
  apply: async (events, tx) => {
    const received = events.filter((event) => event.type === 'StatementReceived');
    if (received.length > 0) await insertStatements(tx, received);
    await replaceClaims(tx, events);
    await insertReadings(tx, events);
    await insertSupersessions(
      tx,
      events.filter((event) => event.type === 'StatementSuperseded'),
    );
    await insertRetractions(
      tx,
      events.filter((event) => event.type === 'StatementRetracted'),
    );
    await removeTitles(
      tx,
      // Under the key of the statement itself, so that it comes after it.
      events.filter(
        (event) => event.type === 'StatementRedacted' && event.payload.corridor === null,
      ) as RecordedEvent<'StatementRedacted'>[],
    );
  },
};

/** The title is text of the statement, too. */
async function removeTitles(tx: Tx, events: readonly RecordedEvent<'StatementRedacted'>[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query('UPDATE statement SET title = NULL WHERE statement_id = ANY ($1::uuid[])', [
    events.map(({ payload }) => payload.statementId),
  ]);
}

async function insertStatements(
  tx: Tx,
  events: readonly RecordedEvent<'StatementReceived'>[],
): Promise<void> {
  await tx.query(
    `INSERT INTO statement
       (statement_id, publisher, url, published_at, title, language, detected_language, cluster, position)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[],
       $8::uuid[], $9::bigint[])
     ON CONFLICT DO NOTHING`,
    [
      events.map(({ payload }) => payload.statementId),
      events.map(({ payload }) => payload.publisher),
      events.map(({ payload }) => payload.url),
      events.map(({ payload }) => payload.publishedAt),
      events.map(({ payload }) => payload.title),
      events.map(({ payload }) => payload.language),
      events.map(({ payload }) => payload.detectedLanguage ?? null),
      events.map(({ payload }) => payload.cluster),
      events.map(({ position }) => position),
    ],
  );
}

/** Whoever judges one claim of a statement, or adds one, has read it. */
async function insertReadings(tx: Tx, events: readonly RecordedEvent<Reads>[]): Promise<void> {
  const read = events.filter(
    ({ type }) => type === 'StatementReviewed' || type === 'ClaimAdded' || type === 'ClaimReviewed',
  );
  if (read.length === 0) return;
  await tx.query(
    'INSERT INTO reading (statement_id) SELECT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    [read.map(({ payload }) => payload.statementId)],
  );
}

async function insertSupersessions(
  tx: Tx,
  events: readonly RecordedEvent<'StatementSuperseded'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO supersession (statement_id, superseded_by)
     SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`,
    [events.map(({ payload }) => payload.statementId), events.map(({ payload }) => payload.supersededBy)],
  );
}

async function insertRetractions(
  tx: Tx,
  events: readonly RecordedEvent<'StatementRetracted'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    'INSERT INTO retraction (statement_id) SELECT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    [events.map(({ payload }) => payload.statementId)],
  );
}
