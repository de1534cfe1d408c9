import { allLanes, laneOf } from '#feed';
import { type Tx } from '#projection';

/** The ledger position that an answer reflects, and when that event was recorded. */
export interface AsOf {
  readonly position: number;
  /** Null before the first event. */
  readonly recordedAt: string | null;
}

/** How far the projection of one corridor is; of any corridor when null. */
export async function currentAsOf(db: Tx, corridor: string | null): Promise<AsOf> {
  const { rows } = await db.query<{ position: string | null }>(
    `SELECT max(position) AS position FROM blockade_status.checkpoint
     WHERE projector = 'corridor-status' AND lane = ANY($1)`,
    [corridor === null ? allLanes : [laneOf(corridor)]],
  );
  return asOfPosition(db, Number(rows[0]?.position ?? 0));
}

export async function asOfPosition(db: Tx, position: number): Promise<AsOf> {
  const { rows } = await db.query<{ recorded_at: string }>(
    `SELECT to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at
     FROM ledger.event WHERE position = $1`,
    [position],
  );
  return { position, recordedAt: rows[0]?.recorded_at ?? null };
}
