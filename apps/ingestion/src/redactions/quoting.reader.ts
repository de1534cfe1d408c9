import { type Pool } from 'pg';
import { type PayloadOf } from '#events';
import { type SameSentences, sentenceKey, type WordedVersion } from './told-versions.ts';

/**
 * Which other statements' claims about the same corridor are made of the same sentences. Reads every claim of the
 * corridors: a redaction is rare, and an index over words would be one more place to take them from.
 * @param publishedAt of the statement: those published nearest to it come first, since claims of one time meet
 */
export async function sameSentencesOf(
  pool: Pool,
  { statementId, publishedAt }: Pick<PayloadOf<'StatementReceived'>, 'statementId' | 'publishedAt'>,
  versions: readonly WordedVersion[],
): Promise<SameSentences> {
  if (versions.length === 0) return new Map();
  const { rows } = await pool.query<{ corridor: string; claim_id: string; quote: string }>(
    `SELECT e.key AS corridor, claim ->> 'claimId' AS claim_id, claim ->> 'quote' AS quote
     FROM ledger.event AS e JOIN ledger.erasable_payload AS p USING (position)
     CROSS JOIN LATERAL json_array_elements(
       coalesce(p.payload -> 'claims', json_build_array(p.payload -> 'claim'))) AS claim
     WHERE e.type IN ('StatementCoded', 'ClaimReviewed', 'ClaimAdded') AND e.key = ANY ($1)
       AND e.stream_id <> $2 AND claim ->> 'quote' = ANY ($3)
     GROUP BY 1, 2, 3
     ORDER BY min(abs(extract(epoch FROM (p.payload ->> 'publishedAt')::timestamptz - $4::timestamptz))), 2`,
    [
      [...new Set(versions.map(({ corridor }) => corridor))],
      `statement-${statementId}`,
      [...new Set(versions.map(({ claim }) => claim.quote))],
      publishedAt,
    ],
  );
  const groups = Map.groupBy(rows, ({ corridor, quote }) => sentenceKey(corridor, quote));
  return new Map([...groups].map(([key, claims]) => [key, claims.map(({ claim_id }) => claim_id)]));
}

/**
 * Positions whose payloads may hold words of the statement and can be erased: its own events, the decisions that name
 * it, and the assessments that go by its claims. Also of those that are stubs already, for another statement's sake.
 */
export async function positionsQuoting(
  pool: Pool,
  statementId: string,
  corridors: readonly string[],
  claimIds: readonly string[],
): Promise<readonly number[]> {
  const { rows } = await pool.query<{ position: string }>(
    `WITH assessed AS (
       SELECT e.stream_id FROM ledger.event AS e JOIN ledger.held_payload AS p USING (position)
       WHERE e.type = 'StatusAssessed' AND e.key = ANY ($3)
         AND EXISTS (SELECT 1 FROM unnest($4::text[]) AS id WHERE strpos(p.payload::text, id) > 0))
     SELECT e.position FROM ledger.event AS e JOIN ledger.held_payload USING (position)
       WHERE e.stream_id = $1
     UNION SELECT e.position FROM ledger.event AS e JOIN ledger.held_payload AS p USING (position)
       WHERE e.type IN ('CorridorStatusChanged', 'CorridorStatusCorrected') AND e.key = ANY ($3)
         AND strpos(p.payload::text, $2) > 0
     UNION SELECT e.position FROM ledger.event AS e JOIN ledger.held_payload USING (position)
       WHERE e.stream_id IN (SELECT stream_id FROM assessed)
     ORDER BY position`,
    [`statement-${statementId}`, statementId, corridors, claimIds],
  );
  return rows.map(({ position }) => Number(position));
}
