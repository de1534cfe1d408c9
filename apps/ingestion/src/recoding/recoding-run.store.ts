import { randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { nothingCounted, recodingCounts, type RecodingCounts } from './recoding-counts.ts';

/** What is to be coded again, and by what. A run is taken up again where all of it is as it was. */
export interface RecodingPlan {
  readonly coder: string;
  readonly coderData: string;
  /** SHA-256 in hex of the corridors that the coder looks for. */
  readonly corridorsHash: string;
  readonly corridor: string | null;
  /** Statements after this ledger position. */
  readonly after: number;
}

export interface RecodingRun {
  readonly id: string;
  /** The last position that is to be looked at: what comes later is coded by the present coder. */
  readonly through: number;
  /** Everything up to here is done. */
  readonly position: number;
  readonly counts: RecodingCounts;
}

interface Row {
  readonly run_id: string;
  readonly through: string;
  readonly position: string;
  readonly counts: unknown;
}

export class RecodingUnderWayError extends Error {
  override readonly name = 'RecodingUnderWayError';
  constructor() {
    super('Another process is coding the statements of this database again.');
  }
}

const lockName = "hashtext('corridor_watch_recoding')";

/**
 * Two at once would do each other's work.
 * @throws RecodingUnderWayError
 */
export async function alone<Result>(pool: Pool, work: () => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock(${lockName}) AS locked`,
    );
    if (rows[0]?.locked !== true) throw new RecodingUnderWayError();
    const result = await work();
    await client.query(`SELECT pg_advisory_unlock(${lockName})`);
    return result;
  } finally {
    // With the connection goes the lock, should it still be held.
    client.release(true);
  }
}

/** The unfinished run of this plan, else a new one. */
export async function takeUpRun(pool: Pool, plan: RecodingPlan, head: number): Promise<RecodingRun> {
  const { coder, coderData, corridorsHash, corridor, after } = plan;
  const { rows } = await pool.query<Row>(
    `SELECT run_id, through, position, counts FROM ingestion.recoding_run
     WHERE coder = $1 AND coder_data = $2 AND corridors_hash = $3 AND corridor IS NOT DISTINCT FROM $4 AND after = $5
       AND finished_at IS NULL
     ORDER BY started_at DESC LIMIT 1`,
    [coder, coderData, corridorsHash, corridor, after],
  );
  const [row] = rows;
  if (row !== undefined) {
    const { run_id: id, through, position, counts } = row;
    return {
      id,
      through: Number(through),
      position: Number(position),
      counts: recodingCounts.parse(counts),
    };
  }
  const run = { id: randomUUID(), through: head, position: after, counts: nothingCounted };
  await pool.query(
    `INSERT INTO ingestion.recoding_run
       (run_id, coder, coder_data, corridors_hash, corridor, after, through, position, counts)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8)`,
    [run.id, coder, coderData, corridorsHash, corridor, after, head, run.counts],
  );
  return run;
}

export async function noteProgress(
  pool: Pool,
  { id, position, counts, through }: RecodingRun,
): Promise<void> {
  await pool.query(
    `UPDATE ingestion.recoding_run
     SET position = $2, counts = $3, finished_at = CASE WHEN $2::bigint >= $4::bigint THEN now() END
     WHERE run_id = $1`,
    [id, position, counts, through],
  );
}
