import { type Pool } from 'pg';

export interface AuditReadRow {
  readonly id: number;
  readonly at: string;
  readonly reader: string;
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly traceId: string | null;
}

/** The newest first. @param before an id, to go on from */
export async function readAuditReads(
  pool: Pool,
  before: number | null,
  limit: number,
): Promise<readonly AuditReadRow[]> {
  const { rows } = await pool.query<Omit<AuditReadRow, 'id'> & { id: string }>(
    `SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, reader, route, parameters, status,
       trace_id AS "traceId"
     FROM transparency.audit_read WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [before, limit],
  );
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}
