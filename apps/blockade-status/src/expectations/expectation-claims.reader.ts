import { type Pool } from 'pg';
import { type ExpectationClaim } from './expectation-claim.ts';

/** What was announced about a corridor, and what was asserted since the first announcement; as it stood after a position. */
export async function readExpectationClaims(
  pool: Pool,
  corridor: string,
  knownAt: number,
  timezone: string,
): Promise<readonly ExpectationClaim[]> {
  const { rows } = await pool.query<ExpectationClaim>(
    `WITH standing AS NOT MATERIALIZED (
       SELECT * FROM blockade_status.claim
       WHERE corridor = $1 AND position <= $2 AND (until_position IS NULL OR until_position > $2)
     ), announced AS (
       SELECT * FROM standing WHERE type = 'commitment' OR type = 'status' AND modality <> 'asserted'
     ), asserted AS (
       SELECT * FROM standing
       WHERE modality = 'asserted' AND (type = 'status' OR type = 'incident' AND effect IS NOT NULL)
         AND published_at > (SELECT min(published_at) FROM announced)
     )
     SELECT claim_id AS "claimId", type, status, effect, flows, modality, valid_from::text AS "validFrom", speaker,
       cluster, (published_at AT TIME ZONE $3)::date::text AS "saidOn",
       (extract(epoch FROM published_at) * 1000)::float8 AS "publishedMs"
     FROM (TABLE announced UNION ALL TABLE asserted) AS told`,
    [corridor, knownAt, timezone],
  );
  return rows;
}
