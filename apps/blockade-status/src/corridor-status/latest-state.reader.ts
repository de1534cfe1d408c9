import { type Pool } from 'pg';
import { type CorridorDefinition } from '#events';
import { laneOf } from '#feed';
import { type DerivedState } from '#status';
import { type AsOf } from '../as-of.ts';

export interface LatestState {
  readonly definition: CorridorDefinition;
  readonly state: DerivedState;
  /** The local day from which on, without end, the state holds. */
  readonly holdsFrom: string | null;
  readonly rule: string;
  readonly asOf: AsOf;
}

/** In one statement, so that the state is the one at `asOf`. */
export async function readLatestState(pool: Pool, corridor: string): Promise<LatestState | null> {
  const { rows } = await pool.query<Omit<LatestState, 'asOf'> & { position: string; recordedAt: string }>(
    `SELECT c.definition, c.state, c.holds_from::text AS "holdsFrom", c.rule, reached.position,
       to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "recordedAt"
     FROM blockade_status.corridor AS c
     CROSS JOIN (SELECT max(position) AS position FROM blockade_status.checkpoint
                 WHERE projector = 'corridor-status' AND lane = $2) AS reached
     LEFT JOIN ledger.event AS e ON e.position = reached.position
     WHERE c.corridor = $1`,
    [corridor, laneOf(corridor)],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { position, recordedAt, ...latest } = row;
  return { ...latest, asOf: { position: Number(position), recordedAt } };
}
