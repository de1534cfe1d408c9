import { randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { type Ledger } from '#ledger';
import { inTransaction } from '#platform';
import {
  NoSuchReplayError,
  NothingReplayableError,
  PartialSwitchError,
  ReplayBeyondHeadError,
  ReplayUnderWayError,
} from './replay.refusals.ts';

export interface ReplayRequest {
  /** The last position to replay; as far as the live projection is when null. */
  readonly toPosition: number | null;
  /** Whether the rebuilt tables shall take the place of the live ones. */
  readonly switch: boolean;
  readonly requestedBy: string;
}

/** A schema can be replayed from now on; the services say so when they start. */
export async function registerReplayable(pool: Pool, schema: string): Promise<void> {
  await pool.query('INSERT INTO replay.replayable (schema_name) VALUES ($1) ON CONFLICT DO NOTHING', [
    schema,
  ]);
}

/**
 * Asks for a replay of everything that can be replayed. Whoever hosts a schema finds its part.
 * @returns the id of the run
 * @throws PartialSwitchError, ReplayBeyondHeadError, NothingReplayableError, ReplayUnderWayError
 */
export async function requestReplay(
  pool: Pool,
  ledger: Pick<Ledger, 'head'>,
  { toPosition, switch: switches, requestedBy }: ReplayRequest,
): Promise<string> {
  if (toPosition !== null && switches) throw new PartialSwitchError();
  const { position: head } = await ledger.head();
  if (toPosition !== null && toPosition > head) throw new ReplayBeyondHeadError(toPosition, head);
  const runId = randomUUID();
  try {
    await inTransaction(pool, async (tx) => {
      await tx.query(
        'INSERT INTO replay.run (run_id, to_position, switch, requested_by) VALUES ($1, $2, $3, $4)',
        [runId, toPosition, switches, requestedBy],
      );
      const { rowCount } = await tx.query(
        `INSERT INTO replay.part (run_id, schema_name, through)
         SELECT $1, schema_name, $2 FROM replay.replayable ORDER BY schema_name`,
        [runId, toPosition],
      );
      if (rowCount === 0) throw new NothingReplayableError();
    });
  } catch (error) {
    const running = isUniqueViolation(error) ? await runUnderWay(pool) : null;
    if (running !== null) throw new ReplayUnderWayError(running);
    throw error;
  }
  return runId;
}

export async function runUnderWay(pool: Pool): Promise<string | null> {
  const { rows } = await pool.query<{ run_id: string }>(
    'SELECT run_id FROM replay.part WHERE finished_at IS NULL LIMIT 1',
  );
  return rows[0]?.run_id ?? null;
}

/**
 * Whoever works on a part stops at its next step; a part that nobody works on ends at once. What has finished stays.
 * @throws NoSuchReplayError
 */
export async function cancelReplay(pool: Pool, runId: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      'UPDATE replay.run SET cancelled_at = coalesce(cancelled_at, now()) WHERE run_id = $1',
      [runId],
    );
    if (rowCount === 0) throw new NoSuchReplayError(runId);
    await tx.query(
      `UPDATE replay.part SET state = 'cancelled', finished_at = now()
       WHERE run_id = $1 AND finished_at IS NULL AND (leased_until IS NULL OR leased_until < clock_timestamp())`,
      [runId],
    );
  });
}

function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23505';
}
