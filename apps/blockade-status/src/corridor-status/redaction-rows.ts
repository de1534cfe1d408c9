import { claimStub, withoutQuotes, type Claim, type RecordedEvent, type WordsTold } from '#events';
import { canonicalize } from '#proofs';
import { type Tx } from '#projection';
import { type RecordedDecision } from '../status-changes/status-change-rows.ts';
import { type StoredClaim } from './claim-versions.ts';

/** A redaction as one corridor learns of it. */
export type CorridorRedaction = RecordedEvent<'StatementRedacted'>;

/** The words of statements that are redacted from here on are gone from the rows of their corridors. */
export async function redactRows(tx: Tx, events: readonly CorridorRedaction[]): Promise<void> {
  for (const event of events) {
    await redactClaims(tx, event);
    await redactStatusChanges(tx, event);
  }
}

export async function insertRedactions(tx: Tx, events: readonly CorridorRedaction[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO redaction (statement_id, corridor, position)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[]) ON CONFLICT DO NOTHING`,
    [
      events.map(({ payload }) => payload.statementId),
      events.map(({ payload }) => payload.corridor),
      events.map(({ position }) => position),
    ],
  );
}

/** The decisions as they may be kept: one that was made before the redaction was learnt of still quotes the statement. */
export async function withoutRedactedQuotes(
  tx: Tx,
  events: readonly RecordedDecision[],
): Promise<readonly RecordedDecision[]> {
  if (events.length === 0) return events;
  const quoted = events.flatMap(({ payload }) => payload.evidence.map(({ statementId }) => statementId));
  const { rows } = await tx.query<{ statement_id: string }>(
    'SELECT DISTINCT statement_id FROM redaction WHERE statement_id = ANY ($1::uuid[])',
    [quoted],
  );
  if (rows.length === 0) return events;
  const redacted = rows.map(({ statement_id }) => statement_id);
  return events.map(
    (event) =>
      ({ ...event, payload: inCanonicalOrder(withoutQuotes(event.payload, redacted)) }) as RecordedDecision,
  );
}

/** The claim as a projection of its stub has it, to the byte. */
export function storedStub(
  { statementId, publisher, grade, publishedAt, url, title: _title, cluster, ...claim }: StoredClaim,
  told: WordsTold,
): StoredClaim {
  const stub: Claim = inCanonicalOrder(claimStub(claim, told));
  return { ...stub, statementId, publisher, grade, publishedAt, url, title: null, cluster };
}

/** @throws RangeError for a version that the redaction does not name */
export function toldBy(
  { payload }: CorridorRedaction,
  { position, claimId }: { readonly position: number; readonly claimId: string },
): WordsTold {
  const version = payload.claims.find((each) => each.position === position && each.claimId === claimId);
  if (version === undefined)
    throw new RangeError(`The redaction does not name claim ${claimId} at position ${position}`);
  return version.told;
}

async function redactClaims(tx: Tx, event: CorridorRedaction): Promise<void> {
  const { statementId, corridor } = event.payload;
  const { rows } = await tx.query<{ position: string; claim: StoredClaim }>(
    'SELECT position, claim FROM claim WHERE corridor = $1 AND statement_id = $2',
    [corridor, statementId],
  );
  const stubs = rows.map(({ claim, position }) =>
    storedStub(claim, toldBy(event, { position: Number(position), claimId: claim.claimId })),
  );
  await tx.query(
    `UPDATE claim AS c SET claim = stub.claim FROM unnest($2::uuid[], $3::bigint[], $4::json[]) AS stub (claim_id, position, claim)
     WHERE c.corridor = $1 AND c.claim_id = stub.claim_id AND c.position = stub.position`,
    [
      corridor,
      stubs.map(({ claimId }) => claimId),
      rows.map(({ position }) => position),
      stubs.map((stub) => JSON.stringify(stub)),
    ],
  );
}

async function redactStatusChanges(tx: Tx, { payload }: CorridorRedaction): Promise<void> {
  const { statementId, corridor } = payload;
  const { rows } = await tx.query<{ position: string; change: RecordedDecision['payload'] }>(
    'SELECT position, change FROM status_change WHERE corridor = $1 AND strpos(change::text, $2) > 0',
    [corridor, statementId],
  );
  await tx.query(
    `UPDATE status_change AS c SET change = stub.change FROM unnest($1::bigint[], $2::json[]) AS stub (position, change)
     WHERE c.position = stub.position`,
    [
      rows.map(({ position }) => position),
      rows.map(({ change }) => canonicalize(withoutQuotes(change, [statementId]))),
    ],
  );
}

/** As it is read from the ledger, so that rows are the same whether they were redacted or projected anew. */
function inCanonicalOrder<Value>(value: Value): Value {
  return JSON.parse(canonicalize(value)) as Value;
}
