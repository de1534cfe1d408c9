import { type ClientBase } from 'pg';
import { type EventRow } from './event-row.ts';
import { faultsMax } from './fault.list.ts';
import { faultAt, faultWithin, type LedgerFault } from './ledger-fault.ts';

/** Where the ledger and the tree say that they end. */
export interface Heads {
  readonly head: number;
  readonly recordedAt: string | null;
  readonly treeSize: number;
}

export async function readHeads(client: ClientBase): Promise<Heads> {
  const { rows } = await client.query<{ head: string; recorded_at: string | null; size: string | null }>(
    `SELECT h.position AS head, (SELECT size FROM transparency.tree) AS size,
       to_char(h.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at
     FROM ledger.head AS h`,
  );
  const [row] = rows;
  return {
    head: Number(row?.head ?? 0),
    recordedAt: row?.recorded_at ?? null,
    treeSize: Number(row?.size ?? 0),
  };
}

/** Of two rows that follow each other. */
export function faultsBetween(
  last: EventRow | null,
  { position, recordedAt }: EventRow,
): readonly LedgerFault[] {
  const expected = (last?.position ?? 0) + 1;
  if (position > expected) return [faultWithin('missing_event', expected, position - 1, 'no event is there')];
  if (last !== null && recordedAt < last.recordedAt)
    return [
      faultWithin('time_went_back', last.position, position, 'the later one was recorded before the other'),
    ];
  return [];
}

/** @param end the last position that is there */
export function headFaults(end: number, lastRecordedAt: string | null, heads: Heads): readonly LedgerFault[] {
  const { head, recordedAt, treeSize } = heads;
  if (end < head) return [faultWithin('missing_event', end + 1, head, 'no event is there')];
  if (end > head)
    return [faultWithin('event_beyond_head', head + 1, end, 'the head of the ledger does not reach them')];
  if (recordedAt !== lastRecordedAt)
    return [faultAt('head_moved', end, `recorded ${lastRecordedAt}, and the head says ${recordedAt}`)];
  if (treeSize > end)
    return [faultWithin('history_cut_off', end + 1, treeSize, 'the tree holds them, and they are not there')];
  return [];
}

/** Versions of a stream must rise one by one. */
export async function streamFaults(client: ClientBase): Promise<readonly LedgerFault[]> {
  const { rows } = await client.query<{ position: string; stream_id: string }>(
    `SELECT position, stream_id FROM (
       SELECT position, stream_id, stream_version,
         lag(stream_version, 1, 0) OVER (PARTITION BY stream_id ORDER BY position) AS before
       FROM ledger.event) AS e
     WHERE stream_version <> before + 1 ORDER BY position LIMIT ${faultsMax}`,
  );
  return rows.map(({ position, stream_id }) =>
    faultAt(
      'stream_broken',
      Number(position),
      `it does not follow the one before it in the stream ${stream_id}`,
    ),
  );
}
