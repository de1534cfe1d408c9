import { type RecordedEvent } from '#events';
import { type Tx } from '#projection';
import { type StatusClaim } from '#status';

/** A claim with what its readers need of the statement; `claim` in the table, as JSON. */
export type StoredClaim = RecordedEvent<'StatementCoded'>['payload']['claims'][number] &
  Pick<
    RecordedEvent<'StatementCoded'>['payload'],
    'statementId' | 'publisher' | 'grade' | 'publishedAt' | 'url' | 'title'
  >;

export async function insertClaims(
  tx: Tx,
  events: readonly RecordedEvent<'StatementCoded'>[],
): Promise<void> {
  const rows = events.flatMap(({ position, payload }) => {
    const { corridor, statementId, publisher, grade, publishedAt, url, title } = payload;
    return payload.claims.map((claim) => ({
      corridor,
      position,
      claim: { ...claim, statementId, publisher, grade, publishedAt, url, title } satisfies StoredClaim,
    }));
  });
  if (rows.length === 0) return;
  await tx.query({
    name: 'insert_claims',
    text: `INSERT INTO blockade_status.claim
        (claim_id, corridor, statement_id, position, published_at, type, speaker, claim)
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[],
        $8::json[]) ON CONFLICT DO NOTHING`,
    values: [
      rows.map(({ claim }) => claim.claimId),
      rows.map(({ corridor }) => corridor),
      rows.map(({ claim }) => claim.statementId),
      rows.map(({ position }) => position),
      rows.map(({ claim }) => claim.publishedAt),
      rows.map(({ claim }) => claim.type),
      rows.map(({ claim }) => claim.speaker),
      rows.map(({ claim }) => JSON.stringify(claim)),
    ],
  });
}

export async function retractClaims(
  tx: Tx,
  events: readonly RecordedEvent<'StatementRetracted'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `UPDATE blockade_status.claim AS c SET retracted_at = r.position
     FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS r (statement_id, corridor, position)
     WHERE c.statement_id = r.statement_id AND c.corridor = r.corridor AND c.retracted_at IS NULL`,
    [
      events.map(({ payload }) => payload.statementId),
      events.map(({ payload }) => payload.corridor),
      events.map(({ position }) => position),
    ],
  );
}

/** The claims about a corridor that stood after a ledger position; all that stand now when it is null. */
export async function readClaims(
  db: Tx,
  corridor: string,
  knownAt: number | null,
): Promise<readonly StatusClaim[]> {
  const { rows } = await db.query<{ claim: StatusClaim }>(
    `SELECT claim FROM blockade_status.claim WHERE corridor = $1 AND CASE WHEN $2::bigint IS NULL
       THEN retracted_at IS NULL ELSE position <= $2 AND (retracted_at IS NULL OR retracted_at > $2) END`,
    [corridor, knownAt],
  );
  return rows.map(({ claim }) => claim);
}
