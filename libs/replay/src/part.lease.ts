import { randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { type Tx } from '#projection';

/** The right to work on a part of a run until the lease ends and another process takes it over. */
export interface PartLease {
  readonly runId: string;
  readonly schema: string;
  /** Every write of the holder demands it. */
  readonly token: string;
  readonly toPosition: number | null;
  readonly switches: boolean;
  /** Whether somebody has begun to fill the tables: then it goes on where that one was. */
  readonly begun: boolean;
  readonly position: number;
  readonly eventCount: number;
}

/** Another process works on it by now: what this one did is not written. */
export class PartLostError extends Error {
  readonly code = 'replay_part_lost';
}

export class PartCancelledError extends Error {
  readonly code = 'replay_cancelled';
}

export const leaseMs = 10_000;

interface Row {
  readonly run_id: string;
  readonly lease_token: string;
  readonly to_position: string | null;
  readonly switch: boolean;
  readonly position: string;
  readonly event_count: string;
  readonly begun: boolean;
}

/** Takes the schema's part of the run that is under way, where nobody works on it; null where there is none. */
export async function takePart(pool: Pool, schema: string): Promise<PartLease | null> {
  const { rows } = await pool.query<Row>(
    `UPDATE replay.part AS p SET lease_token = $2,
       leased_until = clock_timestamp() + $3 * interval '1 millisecond', started_at = coalesce(p.started_at, now())
     FROM replay.run AS r
     WHERE r.run_id = p.run_id AND (p.run_id, p.schema_name) = (
       SELECT run_id, schema_name FROM replay.part
       WHERE schema_name = $1 AND finished_at IS NULL AND (leased_until IS NULL OR leased_until < clock_timestamp())
       FOR UPDATE SKIP LOCKED)
     RETURNING p.run_id, p.lease_token, r.to_position, r.switch, p.position, p.event_count, p.state <> 'waiting' AS begun`,
    [schema, randomUUID(), leaseMs],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    runId: row.run_id,
    schema,
    token: row.lease_token,
    toPosition: row.to_position === null ? null : Number(row.to_position),
    switches: row.switch,
    begun: row.begun,
    position: Number(row.position),
    eventCount: Number(row.event_count),
  };
}

export interface PartFacts {
  readonly state?: 'rebuilding' | 'comparing' | 'switching';
  readonly position?: number;
  readonly through?: number;
  readonly eventCount?: number;
  readonly rate?: number | null;
}

/**
 * Keeps the lease and notes how far the part is; with a transaction, in it.
 * @throws PartLostError, PartCancelledError
 */
export async function notePart(db: Tx, { runId, schema, token }: PartLease, facts: PartFacts): Promise<void> {
  const { rows } = await db.query<{ cancelled: boolean }>(
    `UPDATE replay.part AS p SET leased_until = clock_timestamp() + $4 * interval '1 millisecond',
       state = coalesce($5, state), position = coalesce($6, position), through = coalesce($7, through),
       event_count = coalesce($8, event_count), rate = coalesce($9, rate)
     FROM replay.run AS r
     WHERE r.run_id = p.run_id AND p.run_id = $1 AND p.schema_name = $2 AND p.lease_token = $3
       AND p.finished_at IS NULL
     RETURNING r.cancelled_at IS NOT NULL AS cancelled`,
    [
      runId,
      schema,
      token,
      leaseMs,
      facts.state ?? null,
      facts.position ?? null,
      facts.through ?? null,
      facts.eventCount ?? null,
      facts.rate ?? null,
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new PartLostError(`The replay of ${schema} is with another process.`);
  if (row.cancelled) throw new PartCancelledError(`The replay of ${schema} was cancelled.`);
}

export interface PartEnd {
  readonly state: 'identical' | 'different' | 'failed' | 'cancelled';
  readonly result?: object | null;
  readonly failure?: string | null;
}

/** @throws PartLostError */
export async function finishPart(
  db: Tx,
  { runId, schema, token }: PartLease,
  { state, result = null, failure = null }: PartEnd,
): Promise<void> {
  const { rowCount } = await db.query(
    `UPDATE replay.part SET state = $4, result = coalesce($5::jsonb, result), failure = $6, leased_until = NULL,
       finished_at = now()
     WHERE run_id = $1 AND schema_name = $2 AND lease_token = $3 AND finished_at IS NULL`,
    [runId, schema, token, state, result === null ? null : JSON.stringify(result), failure],
  );
  if (rowCount === 0) throw new PartLostError(`The replay of ${schema} is with another process.`);
}

/** Gives the part back, so that whoever looks next goes on with it. */
export async function releasePart(pool: Pool, { runId, schema, token }: PartLease): Promise<void> {
  await pool.query(
    `UPDATE replay.part SET leased_until = NULL
     WHERE run_id = $1 AND schema_name = $2 AND lease_token = $3 AND finished_at IS NULL`,
    [runId, schema, token],
  );
}
