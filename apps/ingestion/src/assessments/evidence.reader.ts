import { type Pool } from 'pg';
import { type Ledger } from '#ledger';
import { statementOfClaim } from '../claims/claim-location.reader.ts';
import { UnknownClaimError } from '../claims/claim.refusals.ts';
import { claimRecordsOf, statementRecordOf } from '../claims/statement-record.ts';

/**
 * Of these claims those that we hold, each with the corridor that it is about, which never changes.
 * @throws ClaimsBehindError while one is not known and older events are still being read
 */
export async function corridorsOfClaims(
  pool: Pool,
  ledger: Ledger,
  claimIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ claim_id: string; corridor: string }>(
    'SELECT claim_id, corridor FROM ingestion.claim WHERE claim_id = ANY($1::uuid[])',
    [claimIds],
  );
  const corridors = new Map(rows.map(({ claim_id, corridor }) => [claim_id, corridor]));
  // Answered a moment ago, so that the rows do not have it yet; or there is none.
  for (const claimId of claimIds.filter((id) => !corridors.has(id))) {
    const corridor = await corridorInText(pool, ledger, claimId);
    if (corridor !== null) corridors.set(claimId, corridor);
  }
  return corridors;
}

async function corridorInText(pool: Pool, ledger: Ledger, claimId: string): Promise<string | null> {
  try {
    const stream = await ledger.readStream(`statement-${await statementOfClaim(pool, claimId)}`);
    const records = claimRecordsOf(statementRecordOf(stream));
    return records.find(({ claim }) => claim.claimId === claimId)?.corridor ?? null;
  } catch (error) {
    if (error instanceof UnknownClaimError) return null;
    throw error;
  }
}
