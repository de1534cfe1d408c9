import { type RecordedEvent } from '#events';
import { type Projector, type Tx } from '#projection';

type Reads = 'StatementReceived' | 'StatementCoded' | 'StatementRetracted';

/**
 * Keeps the list of statements. The events of one statement travel under different keys and may come in any
 * order, so each fills rows of its own.
 */
export const statementsProjector: Projector<Reads> = {
  name: 'ingestion-statements',
  reads: ['StatementReceived', 'StatementCoded', 'StatementRetracted'],
  apply: async (events, tx) => {
    await insertStatements(
      tx,
      events.filter((event) => event.type === 'StatementReceived'),
    );
    await insertClaims(
      tx,
      events.filter((event) => event.type === 'StatementCoded'),
    );
    await insertRetractions(
      tx,
      events.filter((event) => event.type === 'StatementRetracted'),
    );
  },
};

async function insertStatements(
  tx: Tx,
  events: readonly RecordedEvent<'StatementReceived'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO ingestion.statement (statement_id, publisher, url, published_at, title, language, position)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::bigint[])
     ON CONFLICT DO NOTHING`,
    [
      events.map(({ payload }) => payload.statementId),
      events.map(({ payload }) => payload.publisher),
      events.map(({ payload }) => payload.url),
      events.map(({ payload }) => payload.publishedAt),
      events.map(({ payload }) => payload.title),
      events.map(({ payload }) => payload.language),
      events.map(({ position }) => position),
    ],
  );
}

async function insertClaims(tx: Tx, events: readonly RecordedEvent<'StatementCoded'>[]): Promise<void> {
  const rows = events.flatMap(({ payload }) =>
    payload.claims.map(({ type, speaker }) => ({
      statementId: payload.statementId,
      corridor: payload.corridor,
      type,
      speaker,
    })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO ingestion.statement_claim (statement_id, corridor, type, speaker)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
    [
      rows.map((row) => row.statementId),
      rows.map((row) => row.corridor),
      rows.map((row) => row.type),
      rows.map((row) => row.speaker),
    ],
  );
}

async function insertRetractions(
  tx: Tx,
  events: readonly RecordedEvent<'StatementRetracted'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    'INSERT INTO ingestion.retraction (statement_id) SELECT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    [events.map(({ payload }) => payload.statementId)],
  );
}
