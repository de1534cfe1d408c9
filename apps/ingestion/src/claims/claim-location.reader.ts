import { type Pool } from 'pg';
import { ClaimsBehindError, UnknownClaimError } from './claim.refusals.ts';

/** Positions that are looked through for a claim which the rows do not have yet. */
const recentMax = 5_000;

/**
 * The statement that a claim was found in. A claim that was answered a moment ago may not be in the rows yet, and a
 * person may judge it all the same: then the last events of the ledger have it.
 * @throws UnknownClaimError
 * @throws ClaimsBehindError while the rows are further behind than that
 */
export async function statementOfClaim(pool: Pool, claimId: string): Promise<string> {
  const statementId = (await inRows(pool, claimId)) ?? (await inRecentEvents(pool, claimId));
  if (statementId !== null) return statementId;
  if (await areRowsFarBehind(pool)) throw new ClaimsBehindError();
  throw new UnknownClaimError(claimId);
}

async function inRows(pool: Pool, claimId: string): Promise<string | null> {
  const { rows } = await pool.query<{ statement_id: string }>({
    name: 'statement_of_claim',
    text: 'SELECT statement_id FROM ingestion.claim WHERE claim_id = $1',
    values: [claimId],
  });
  return rows[0]?.statement_id ?? null;
}

async function inRecentEvents(pool: Pool, claimId: string): Promise<string | null> {
  const { rows } = await pool.query<{ statement_id: string }>(
    `SELECT p.payload ->> 'statementId' AS statement_id
     FROM ledger.event AS e JOIN ledger.held_payload AS p USING (position)
     WHERE e.position > (SELECT position FROM ledger.head) - $2::bigint AND e.type IN ('StatementCoded', 'ClaimAdded')
       AND strpos(p.payload::text, $1) > 0
     LIMIT 1`,
    [`"claimId":"${claimId}"`, recentMax],
  );
  return rows[0]?.statement_id ?? null;
}

/** Parked events count as well: a claim among them is known to the ledger alone. */
async function areRowsFarBehind(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ behind: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM ingestion.parked_key WHERE projector = 'ingestion-claims')
       OR EXISTS (
         SELECT 1 FROM ledger.event
         WHERE position > (SELECT coalesce(max(position), 0) FROM ingestion.checkpoint WHERE projector = 'ingestion-claims')
           AND position <= (SELECT position FROM ledger.head) - $1::bigint
           AND type IN ('StatementCoded', 'ClaimAdded')) AS behind`,
    [recentMax],
  );
  return rows[0]?.behind === true;
}
