import { type Pool } from 'pg';
import { type Difference } from './difference.ts';
import { type PartResult } from './part.result.ts';
import { NoSuchReplayError } from './replay.refusals.ts';

export type ReplayState = 'running' | 'identical' | 'different' | 'failed' | 'cancelled';

/** A replay as it is told: its parts, and what they come to together. */
export interface ReplayView {
  readonly id: string;
  readonly state: ReplayState;
  readonly toPosition: number | null;
  readonly switch: boolean;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  /** From 0 to 1. */
  readonly progress: number;
  /** Events read so far; by each part, and of the part that read most. */
  readonly events: number;
  /** Events a second; null while nothing was measured. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
  readonly parts: readonly PartView[];
  readonly tables: PartResult['tables'];
  readonly decisions: PartResult['further'];
  readonly leftOut: PartResult['leftOut'];
  readonly parked: PartResult['parked'];
  readonly differenceCount: number;
  /** The first ones of each table, and of the decisions. */
  readonly differences: readonly Difference[];
}

export interface PartView {
  readonly schema: string;
  readonly state: string;
  readonly position: number;
  readonly through: number | null;
  readonly events: number;
  readonly rate: number | null;
  readonly failure: string | null;
  /** When the rebuilt tables took the place of the live ones. */
  readonly switchedAt: string | null;
  readonly finishedAt: string | null;
}

interface Row {
  readonly run_id: string;
  readonly to_position: string | null;
  readonly switch: boolean;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly number: string;
  readonly parts: readonly (Omit<PartView, 'through'> & {
    readonly through: number | null;
    readonly result: PartResult | null;
  })[];
}

const select = `
  SELECT r.run_id, r.to_position, r.switch, r.requested_by, r.requested_at, r.number,
    (SELECT coalesce(json_agg(json_build_object('schema', p.schema_name, 'state', p.state, 'position', p.position,
       'through', p.through, 'events', p.event_count, 'rate', p.rate, 'failure', p.failure,
       'switchedAt', p.switched_at AT TIME ZONE 'UTC', 'finishedAt', p.finished_at AT TIME ZONE 'UTC',
       'result', p.result) ORDER BY p.schema_name), '[]')
     FROM replay.part AS p WHERE p.run_id = r.run_id) AS parts
  FROM replay.run AS r`;

/** @throws NoSuchReplayError */
export async function readReplay(pool: Pool, runId: string): Promise<ReplayView> {
  const { rows } = await pool.query<Row>(`${select} WHERE r.run_id = $1`, [runId]);
  const [row] = rows;
  if (row === undefined) throw new NoSuchReplayError(runId);
  return viewOf(row);
}

/** The latest first; `before` is the number of the last one seen. */
export async function listReplays(
  pool: Pool,
  limit: number,
  before: string | null,
): Promise<readonly (ReplayView & { readonly number: string })[]> {
  const { rows } = await pool.query<Row>(
    `${select} WHERE $2::bigint IS NULL OR r.number < $2 ORDER BY r.number DESC LIMIT $1`,
    [limit, before],
  );
  return rows.map((row) => ({ ...viewOf(row), number: row.number }));
}

function viewOf(row: Row): ReplayView {
  const parts = row.parts.map(({ result: _, ...part }) => ({
    ...part,
    switchedAt: utc(part.switchedAt),
    finishedAt: utc(part.finishedAt),
  }));
  const results = row.parts.flatMap(({ result }) => (result === null ? [] : [result]));
  const state = stateOf(parts.map((part) => part.state));
  const finishedAt = parts.map((part) => part.finishedAt);
  return {
    id: row.run_id,
    state,
    toPosition: row.to_position === null ? null : Number(row.to_position),
    switch: row.switch,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    finishedAt: state === 'running' ? null : (finishedAt.toSorted().at(-1) ?? null),
    ...paceOf(parts, state),
    parts,
    tables: results.flatMap(({ tables }) => tables),
    decisions: results.flatMap(({ further }) => further),
    leftOut: results.flatMap(({ leftOut }) => leftOut),
    parked: results.flatMap(({ parked }) => parked),
    differenceCount: results.reduce((sum, { differenceCount }) => sum + differenceCount, 0),
    differences: results.flatMap(({ differences }) => differences),
  };
}

/** The worst of its parts; running while one is. */
function stateOf(states: readonly string[]): ReplayState {
  if (states.some((state) => !ended.includes(state as ReplayState))) return 'running';
  return ended.find((state) => states.includes(state)) ?? 'identical';
}

const ended: readonly ReplayState[] = ['cancelled', 'failed', 'different', 'identical'];

function paceOf(parts: readonly PartView[], state: ReplayState) {
  const events = Math.max(0, ...parts.map((part) => part.events));
  const under = parts.filter(({ finishedAt }) => finishedAt === null);
  const shares = parts.map((part) => shareOf(part));
  const progress = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, parts.length);
  const rates = under.flatMap(({ rate }) => (rate === null ? [] : [rate]));
  const secondsLeft = under.map(({ rate, through, position }) =>
    rate === null || rate === 0 || through === null ? null : Math.ceil((through - position) / rate),
  );
  return {
    progress: Math.round(progress * 10_000) / 10_000,
    events,
    rate: state === 'running' && rates.length > 0 ? Math.round(Math.max(...rates)) : null,
    secondsLeft:
      state !== 'running' || secondsLeft.includes(null)
        ? null
        : Math.max(0, ...secondsLeft.map((seconds) => seconds ?? 0)),
  };
}

/** Comparing is a tenth of the way. */
function shareOf({ position, through, state }: PartView): number {
  if (state === 'identical' || state === 'different') return 1;
  if (state === 'waiting' || through === null || through === 0) return 0;
  return Math.min(1, position / through) * 0.9;
}

/** Of Postgres in JSON, without a zone, to RFC 3339. */
function utc(instant: string | null): string | null {
  return instant === null ? null : `${instant}Z`;
}
