import { type Claim, type RecordedEvent } from '#events';
import { type Tx } from '#projection';

interface Row {
  readonly statementId: string;
  readonly corridor: string;
  readonly type: string;
  readonly speaker: string;
  readonly byPerson: boolean;
}

/** Keeps what kinds of claims each statement has: of coders the last coding of a corridor, of people everything. */
export async function replaceClaims(tx: Tx, events: readonly RecordedEvent[]): Promise<void> {
  const codings = new Map(
    events
      .filter((event) => event.type === 'StatementCoded')
      .map(({ payload }) => [`${payload.statementId} ${payload.corridor}`, payload] as const),
  );
  const byCoders = [...codings.values()].flatMap((payload) =>
    payload.claims.map((claim) => rowOf(payload, claim, false)),
  );
  const byPeople = events
    .filter((event) => event.type === 'ClaimAdded' || event.type === 'ClaimReviewed')
    .filter(({ payload }) => !('decision' in payload) || payload.decision === 'amend')
    .map(({ payload }) => rowOf(payload, payload.claim, true));
  if (codings.size > 0) await deleteCoded(tx, [...codings.values()]);
  await insert(tx, [...byCoders, ...byPeople]);
}

function rowOf(
  { statementId, corridor }: Pick<Row, 'statementId' | 'corridor'>,
  { type, speaker }: Claim,
  byPerson: boolean,
): Row {
  return { statementId, corridor, type, speaker, byPerson };
}

async function deleteCoded(tx: Tx, codings: readonly Pick<Row, 'statementId' | 'corridor'>[]): Promise<void> {
  await tx.query(
    `DELETE FROM statement_claim AS c
     USING unnest($1::uuid[], $2::text[]) AS coded (statement_id, corridor)
     WHERE c.statement_id = coded.statement_id AND c.corridor = coded.corridor AND NOT c.by_person`,
    [codings.map(({ statementId }) => statementId), codings.map(({ corridor }) => corridor)],
  );
}

async function insert(tx: Tx, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO statement_claim (statement_id, corridor, type, speaker, by_person)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[]) ON CONFLICT DO NOTHING`,
    [
      rows.map((row) => row.statementId),
      rows.map((row) => row.corridor),
      rows.map((row) => row.type),
      rows.map((row) => row.speaker),
      rows.map((row) => row.byPerson),
    ],
  );
}
