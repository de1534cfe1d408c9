import { type Pool } from 'pg';
import { type Flow, type PassageEffect } from '#events';
import { type ToldReport } from './told-report.ts';

/** Inclusive local days at the corridor. */
export interface ReportFilter {
  readonly type: 'incident' | 'impact';
  readonly from: string | null;
  readonly to: string;
  readonly flow: Flow | null;
  readonly effect: PassageEffect | null;
  readonly timezone: string;
}

/** What stood after a ledger position. What may come, or might, is no event. */
export async function readToldReports(
  pool: Pool,
  corridor: string,
  knownAt: number,
  { type, from, to, flow, effect, timezone }: ReportFilter,
): Promise<readonly ToldReport[]> {
  const { rows } = await pool.query<ToldReport>(
    `SELECT claim_id AS "claimId", statement_id AS "statementId", cluster, day::text, effect, flows, actor, speaker,
       publisher, url, "publishedAt", quote
     FROM blockade_status.claim
     CROSS JOIN LATERAL coalesce(valid_from, (published_at AT TIME ZONE $3)::date) AS day
     CROSS JOIN LATERAL json_to_record(claim) AS told (actor text, url text, "publishedAt" text, quote text)
     WHERE corridor = $1 AND position <= $2 AND (until_position IS NULL OR until_position > $2)
       AND type = $4 AND modality = 'asserted'
       AND ($5::date IS NULL OR day >= $5) AND day <= $6::date
       AND ($7::text IS NULL OR flows @> ARRAY[$7])
       AND ($8::text IS NULL OR effect = $8)`,
    [corridor, knownAt, timezone, type, from, to, flow, effect],
  );
  return rows;
}
