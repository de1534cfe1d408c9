import { type ClaimStanding, type StatementClaims } from '#claims';
import { type ClaimType } from '#events';
import { type Tx } from '#projection';
import {
  nothingKnown,
  statementKey,
  type ClaimVersions,
  type KnownStatement,
  type StatementEnd,
  type StoredClaim,
  type VersionEvent,
  type VersionRow,
} from './claim-versions.ts';

interface KnownRow {
  readonly statement_id: string;
  readonly corridor: string;
  readonly ended: StatementClaims['ended'];
  readonly claim_id: string | null;
  readonly position: string;
  readonly review: VersionRow['review'];
  readonly ended_as: VersionRow['endedAs'];
  readonly claim: StoredClaim | null;
}

/** What the rows say about the statements that the events speak of; of most there is nothing yet. */
export async function readKnownStatements(
  tx: Tx,
  events: readonly VersionEvent[],
): Promise<ReadonlyMap<string, KnownStatement>> {
  if (events.length === 0) return new Map();
  const pairs = events.map(({ payload }) => payload);
  const { rows } = await tx.query<KnownRow>({
    // Without a name, so that it is planned by what the table holds now: a plan made while it was empty reads all of it.
    text: `SELECT s.statement_id, s.corridor, e.ended_as AS ended, c.claim_id, c.position, c.review, c.ended_as,
        CASE WHEN c.until_position IS NULL THEN c.claim END AS claim
      FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[])) AS s (statement_id, corridor)
      LEFT JOIN statement_end AS e USING (statement_id, corridor)
      LEFT JOIN claim AS c USING (statement_id, corridor)
      WHERE e.statement_id IS NOT NULL OR c.claim_id IS NOT NULL
      ORDER BY c.position`,
    values: [pairs.map(({ statementId }) => statementId), pairs.map(({ corridor }) => corridor)],
  });
  const groups = Map.groupBy(rows, ({ statement_id, corridor }) => statementKey(statement_id, corridor));
  return new Map([...groups].map(([key, versions]) => [key, knownStatement(versions)]));
}

function knownStatement(rows: readonly KnownRow[]): KnownStatement {
  const claims = new Map<string, ClaimStanding>();
  const standing = new Map<string, VersionRow>();
  for (const { claim_id: claimId, corridor, position, review, ended_as: endedAs, claim } of rows) {
    if (claimId === null) continue;
    claims.set(claimId, { state: endedAs ?? 'standing', review });
    if (claim === null) continue;
    standing.set(claimId, {
      corridor,
      position: Number(position),
      review,
      claim,
      until: null,
      endedAs: null,
    });
  }
  return { claims: { claims, ended: rows[0]?.ended ?? nothingKnown.claims.ended }, standing };
}

export async function writeVersions(tx: Tx, { begun, ended, statementEnds }: ClaimVersions): Promise<void> {
  await insertVersions(tx, begun);
  await endVersions(tx, ended);
  await insertStatementEnds(tx, statementEnds);
}

async function insertVersions(tx: Tx, rows: readonly VersionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query({
    name: 'insert_versions_2',
    // An array of arrays would come apart wholly, so the flows of a claim travel as the text of an array; and quoting
    // the claims as texts of an array took as long as writing them as JSON, so they are one JSON array.
    text: `INSERT INTO claim (claim_id, corridor, statement_id, position, published_at, type, speaker,
        review, until_position, ended_as, status, presupposed, modality, valid_from, effect, publisher, cluster, claim,
        flows)
      SELECT claim_id, corridor, statement_id, position, published_at, type, speaker, review, until_position, ended_as,
        status, presupposed, modality, valid_from, effect, publisher, cluster, claim, flows::text[]
      FROM ROWS FROM (
          unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[],
            $8::text[], $9::bigint[], $10::text[], $11::text[], $12::boolean[], $13::text[], $14::date[], $15::text[],
            $16::text[], $17::uuid[], $18::text[]),
          json_array_elements($19::json))
        AS begun (claim_id, corridor, statement_id, position, published_at, type, speaker, review, until_position,
          ended_as, status, presupposed, modality, valid_from, effect, publisher, cluster, flows, claim)`,
    values: [
      rows.map(({ claim }) => claim.claimId),
      rows.map(({ corridor }) => corridor),
      rows.map(({ claim }) => claim.statementId),
      rows.map(({ position }) => position),
      rows.map(({ claim }) => claim.publishedAt),
      rows.map(({ claim }) => claim.type),
      rows.map(({ claim }) => claim.speaker),
      rows.map(({ review }) => review),
      rows.map(({ until }) => until),
      rows.map(({ endedAs }) => endedAs),
      rows.map(({ claim }) => claim.status),
      rows.map(({ claim }) => claim.presupposed),
      rows.map(({ claim }) => claim.modality),
      rows.map(({ claim }) => claim.validFrom),
      rows.map(({ claim }) => claim.effect),
      rows.map(({ claim }) => claim.publisher),
      rows.map(({ claim }) => claim.cluster),
      rows.map(({ claim }) => `{${claim.flows.join(',')}}`),
      JSON.stringify(rows.map(({ claim }) => claim)),
    ],
  });
}

async function endVersions(tx: Tx, rows: readonly VersionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE claim AS c SET until_position = e.until, ended_as = e.ended_as
     FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[])
       AS e (corridor, claim_id, position, until, ended_as)
     WHERE c.corridor = e.corridor AND c.claim_id = e.claim_id AND c.position = e.position`,
    [
      rows.map(({ corridor }) => corridor),
      rows.map(({ claim }) => claim.claimId),
      rows.map(({ position }) => position),
      rows.map(({ until }) => until),
      rows.map(({ endedAs }) => endedAs),
    ],
  );
}

async function insertStatementEnds(tx: Tx, ends: readonly StatementEnd[]): Promise<void> {
  if (ends.length === 0) return;
  await tx.query(
    `INSERT INTO statement_end (statement_id, corridor, position, ended_as)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[])`,
    [
      ends.map(({ statementId }) => statementId),
      ends.map(({ corridor }) => corridor),
      ends.map(({ position }) => position),
      ends.map(({ as }) => as),
    ],
  );
}

/** The claims about a corridor that stood after a ledger position; all that stand now when it is null. */
export async function readClaims(
  db: Tx,
  corridor: string,
  knownAt: number | null,
): Promise<readonly StoredClaim[]> {
  const { rows } = await db.query<{ claim: StoredClaim }>(
    `SELECT claim FROM claim WHERE corridor = $1 AND CASE WHEN $2::bigint IS NULL
       THEN until_position IS NULL ELSE position <= $2 AND (until_position IS NULL OR until_position > $2) END`,
    [corridor, knownAt],
  );
  return rows.map(({ claim }) => claim);
}

/**
 * Those of the claims that stood after a ledger position which can be evidence for one of the days up to `lastDay`. A
 * claim stands on the day it names or on that of its publication at the corridor, which is a day off that of
 * Greenwich at most.
 */
export async function readEvidenceClaims(
  db: Tx,
  corridor: string,
  knownAt: number,
  { lastDay, days }: { readonly lastDay: string; readonly days: number },
): Promise<readonly StoredClaim[]> {
  const { rows } = await db.query<{ claim: StoredClaim }>(
    `WITH spoken AS (
       SELECT claim_id, position FROM blockade_status.claim
       WHERE corridor = $1 AND type = ANY ($5) AND published_at >= ($3::date - $4::int)::timestamp AT TIME ZONE 'UTC'
         AND published_at < ($3::date + 2)::timestamp AT TIME ZONE 'UTC'
       UNION
       SELECT claim_id, position FROM blockade_status.claim
       WHERE corridor = $1 AND type = ANY ($5) AND valid_from > $3::date - $4::int AND valid_from <= $3::date)
     SELECT claim FROM spoken JOIN blockade_status.claim USING (claim_id, position)
     WHERE corridor = $1 AND position <= $2 AND (until_position IS NULL OR until_position > $2)
       AND modality = 'asserted'`,
    [corridor, knownAt, lastDay, days, evidenceTypes],
  );
  return rows.map(({ claim }) => claim);
}

/** Other claims say nothing about how things are. */
const evidenceTypes: readonly ClaimType[] = ['status', 'denial', 'incident'];
