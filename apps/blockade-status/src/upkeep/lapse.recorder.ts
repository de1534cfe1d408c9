import { type Pool } from 'pg';
import { laneOf } from '#feed';
import { deriveId, type Ledger } from '#ledger';
import { type Lapse, localDay } from '#status';

export interface RecordedLapse extends Lapse {
  readonly corridor: string;
}

/**
 * Records that time has passed without news, for each corridor on which the local day has come and about which nothing
 * was recorded for so long: while news comes in, nobody knows yet what day it will speak of. Any number of processes
 * may do so at once: the same lapse has the same id.
 * @returns what was due, the earliest of a corridor first
 */
export async function recordLapses(
  { pool, ledger }: { readonly pool: Pool; readonly ledger: Ledger },
  quietMs: number,
  now: Date,
): Promise<readonly RecordedLapse[]> {
  const recorded: RecordedLapse[] = [];
  for (const corridor of await readLapsing(pool, now)) {
    for (const lapse of await readDueLapses(pool, corridor, quietMs, now)) {
      await append(ledger, { ...lapse, corridor });
      recorded.push({ ...lapse, corridor });
    }
  }
  return recorded;
}

/** Somewhere it is tomorrow already. */
async function readLapsing(pool: Pool, now: Date): Promise<readonly string[]> {
  const { rows } = await pool.query<{ corridor: string }>(
    `SELECT corridor FROM blockade_status.corridor
     WHERE lapses_on <= ($1::timestamptz AT TIME ZONE 'UTC')::date + 1 ORDER BY lapses_on LIMIT 1000`,
    [now],
  );
  return rows.map(({ corridor }) => corridor);
}

/** None while the row lacks what the ledger holds about the corridor. */
async function readDueLapses(
  pool: Pool,
  corridor: string,
  quietMs: number,
  now: Date,
): Promise<readonly Lapse[]> {
  const { rows } = await pool.query<{ timezone: string; lapses: readonly Lapse[] }>(
    `SELECT c.definition ->> 'timezone' AS timezone, c.lapses
     FROM blockade_status.corridor AS c JOIN ledger.event AS last ON last.position = c.position
     WHERE c.corridor = $1 AND last.recorded_at <= $3
       AND NOT EXISTS (SELECT 1 FROM ledger.event AS e WHERE e.key = $1 AND e.position > (
         SELECT max(position) FROM blockade_status.checkpoint WHERE projector = 'corridor-status' AND lane = $2))
       AND NOT EXISTS (SELECT 1 FROM blockade_status.parked_event WHERE projector = 'corridor-status' AND key = $1)`,
    [corridor, laneOf(corridor), new Date(now.getTime() - quietMs)],
  );
  const [row] = rows;
  if (row === undefined) return [];
  const today = localDay(now, row.timezone);
  return row.lapses.filter(({ day }) => day <= today);
}

/** Each alone: of several together an append would refuse those that another process has recorded half of. */
async function append(
  ledger: Ledger,
  { corridor, day, becomes, lastEvidenceOn }: RecordedLapse,
): Promise<void> {
  const type = 'FreshnessLapsed';
  const eventId = deriveId(type, corridor, lastEvidenceOn, becomes, day);
  await ledger.append({
    streamId: `corridor-status-${corridor}`,
    expectedVersion: 'any',
    events: [{ type, payload: { corridor, day, lastEvidenceOn, becomes }, eventId, validFrom: day }],
    cause: { actor: 'blockade-status', correlationId: eventId, causationId: null, traceparent: null },
  });
}
