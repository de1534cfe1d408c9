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
  return asOfPosition(db, await reachedPosition(db, corridor));
}

export async function asOfPosition(db: Tx, position: number): Promise<AsOf> {
  const known = knownInstants.get(db)?.get(position);
  if (known !== undefined) return { position, recordedAt: known };
  const { rows } = await db.query<{ recorded_at: string }>(
    `SELECT to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at
     FROM ledger.event WHERE position = $1`,
    [position],
  );
  const recordedAt = rows[0]?.recorded_at ?? null;
  if (recordedAt !== null) remember(db, position, recordedAt);
  return { position, recordedAt };
}

const instantsMax = 1_000;
/** Of one database each. When something was recorded never changes, and most ask about the latest position. */
const knownInstants = new WeakMap<Tx, Map<number, string>>();

function remember(db: Tx, position: number, recordedAt: string): void {
  const instants = knownInstants.get(db) ?? new Map<number, string>();
  if (instants.size >= instantsMax) instants.clear();
  knownInstants.set(db, instants.set(position, recordedAt));
}

/**
 * The last position recorded by then; null for an instant to come, since something may still be recorded until then.
 * Asked of the ledger's own function, since `Ledger.positionAt` takes a `Date`: with that, the `recordedAt` of an
 * answer would lead to the position before its own. By the clock that gave the events their instants, too.
 */
export async function positionAt(db: Tx, instant: string): Promise<number | null> {
  const { rows } = await db.query<{ position: string | null }>(
    `SELECT CASE WHEN $1::timestamptz <= clock_timestamp()
       THEN coalesce(ledger.position_at($1::timestamptz), 0) END AS position`,
    [instant],
  );
  const position = rows[0]?.position ?? null;
  return position === null ? null : Number(position);
}

/**
 * Whether the rows hold everything about the corridor up to a ledger position. A lane moves with its own events
 * alone, so behind a quiet lane the ledger tells whether there is anything to wait for.
 */
export async function isCompleteThrough(db: Tx, corridor: string, position: number): Promise<boolean> {
  const { rows } = await db.query<{ missing: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM ledger.event WHERE position > $2 AND position <= $3 AND key = $1)
         OR EXISTS (SELECT 1 FROM blockade_status.parked_event
                    WHERE projector = 'corridor-status' AND key = $1 AND position <= $3) AS missing`,
    [corridor, await reachedPosition(db, corridor), position],
  );
  return rows[0]?.missing === false;
}

async function reachedPosition(db: Tx, corridor: string | null): Promise<number> {
  const { rows } = await db.query<{ position: string | null }>(
    `SELECT max(position) AS position FROM blockade_status.checkpoint
     WHERE projector = 'corridor-status' AND lane = ANY($1)`,
    [corridor === null ? allLanes : [laneOf(corridor)]],
  );
  return Number(rows[0]?.position ?? 0);
}
