import { type Pool } from 'pg';
import { type CorridorDefinition } from '#events';
import { laneOf } from '#feed';
import { type DerivedState } from '#status';
import { asOfPosition, type AsOf } from '../as-of.ts';

export interface LatestState {
  readonly definition: CorridorDefinition;
  readonly state: DerivedState;
  /** The local day from which on, without end, the state holds. */
  readonly holdsFrom: string | null;
  readonly rule: string;
  readonly asOf: AsOf;
}

/** State and position in one statement, so that the state is the one at `asOf`. */
export async function readLatestState(pool: Pool, corridor: string): Promise<LatestState | null> {
  const { rows } = await pool.query<Omit<LatestState, 'asOf'> & { position: string | null }>({
    // Named, since both tables stay small: any plan for them is as good as another.
    name: 'latest_state',
    text: `SELECT definition, state, holds_from::text AS "holdsFrom", rule,
        (SELECT max(position) FROM blockade_status.checkpoint WHERE projector = 'corridor-status' AND lane = $2) AS position
      FROM blockade_status.corridor WHERE corridor = $1`,
    values: [corridor, laneOf(corridor)],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const { position, ...latest } = row;
  return { ...latest, asOf: await asOfPosition(pool, Number(position ?? 0)) };
}
