import { type ClientBase } from 'pg';
import { parseVkey, type TrustFile } from '#proofs';
import { CheckpointCheck, type Fork, type SavedCheckpoint } from './checkpoint.check.ts';
import { ErasureCheck } from './erasure.check.ts';
import { faultsOfRow } from './event.check.ts';
import { eventRows, type EventRow } from './event-row.ts';
import { faultAt, faultWithin, type LedgerFault } from './ledger-fault.ts';
import { TileCheck } from './tile.check.ts';

export interface LedgerCheckParts {
  /** In a transaction of its own, REPEATABLE READ, so that all is seen at one moment. */
  readonly client: ClientBase;
  /** The log's keys as whoever checks knows them; those that the database names where null. */
  readonly trust: TrustFile | null;
  /** The last checkpoint that whoever checks has kept; null on first use. */
  readonly saved: SavedCheckpoint | null;
  readonly onProgress?: (position: number, head: number) => void;
}

export interface LedgerReport {
  readonly eventCount: number;
  readonly checkpointCount: number;
  /** Events up to here are covered by a checkpoint that holds. */
  readonly signedSize: number;
  /** That checkpoint, as it was signed; null where none holds. */
  readonly head: string | null;
  /** Base64; over all events. */
  readonly root: string;
  /** The first by position first; at most a hundred. Empty: nothing was altered. */
  readonly faults: readonly LedgerFault[];
  readonly fork: Fork | null;
}

const pageSize = 500;
const faultsMax = 100;
/** Among them may be ranges that a later finding makes superfluous. */
const keptMax = 10 * faultsMax;

/**
 * Recomputes the whole ledger from its rows: payload hashes, leaf hashes, the tree and its tiles, and holds them against
 * every checkpoint that was signed. Reads only; holds no more than a page in memory.
 */
export async function checkLedger({
  client,
  trust,
  saved,
  onProgress,
}: LedgerCheckParts): Promise<LedgerReport> {
  const { head, recordedAt, treeSize } = await readHeads(client);
  const faults = new FaultList();
  const checkpoints = new CheckpointCheck(client, trust ?? (await readTrust(client)), saved);
  const tiles = new TileCheck(client, treeSize);
  const erasures = new ErasureCheck();
  let last: EventRow | null = null;
  for await (const page of eventRows(client, pageSize)) {
    for (const row of page) {
      faults.add(faultsBetween(last, row));
      // So that what comes after is not told as altered, too.
      for (let gone = (last?.position ?? 0) + 1; gone < row.position; gone += 1)
        await checkpoints.take(await tiles.takeStored(gone));
      faults.add(faultsOfRow(row));
      erasures.take(row);
      await checkpoints.take(row.leafHash);
      await tiles.take(row.position, row.leafHash);
      last = row;
    }
    onProgress?.(last?.position ?? 0, head);
  }
  const end = last?.position ?? 0;
  faults.add(headFaults(end, last?.recordedAt ?? null, { head, recordedAt, treeSize }));
  faults.add(await streamFaults(client));
  faults.add(blamed(await tiles.faults(), await checkpoints.faults(end)));
  faults.add(await erasures.faults(client, faults.firstPosition()));
  return {
    eventCount: end,
    checkpointCount: checkpoints.checkpointCount,
    signedSize: checkpoints.signedSize,
    head: checkpoints.head,
    root: checkpoints.tree.root().toString('base64'),
    faults: faults.list(),
    fork: checkpoints.fork,
  };
}

class FaultList {
  private readonly faults: LedgerFault[] = [];

  add(more: readonly LedgerFault[]): void {
    if (this.faults.length < keptMax) this.faults.push(...more.slice(0, faultsMax));
  }

  /** From where on something is wrong. */
  firstPosition(): number {
    return this.faults.reduce((first, { from }) => Math.min(first, from), Infinity);
  }

  /** Where it is known which event was altered, what is told of a range around it tells nothing more. */
  list(): readonly LedgerFault[] {
    return this.faults
      .filter((wide) => !isRange(wide) || !this.faults.some((narrow) => isBeginningWithin(narrow, wide)))
      .sort((a, b) => a.from - b.from || a.to - b.to)
      .slice(0, faultsMax);
  }
}

/** Told of events that may be innocent: between two times, or since the last checkpoint that fits. */
function isRange({ code }: LedgerFault): boolean {
  return code === 'history_rewritten' || code === 'history_cut_off' || code === 'time_went_back';
}

function isBeginningWithin(narrow: LedgerFault, wide: LedgerFault): boolean {
  if (narrow.code === 'time_went_back' || narrow.code === 'stream_broken') return false;
  const isNarrower = narrow.from > wide.from || (narrow.from === wide.from && narrow.to < wide.to);
  return isNarrower && narrow.from <= wide.to;
}

interface Heads {
  readonly head: number;
  readonly recordedAt: string | null;
  readonly treeSize: number;
}

async function readHeads(client: ClientBase): Promise<Heads> {
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

/** The log's keys by its own account. */
export async function readTrust(client: ClientBase): Promise<TrustFile> {
  const { rows } = await client.query<{ vkey: string; from_size: string; until_size: string | null }>(
    'SELECT vkey, from_size, until_size FROM transparency.signing_key',
  );
  const logKeys = rows.map(({ vkey, from_size, until_size }) => ({
    key: parseVkey(vkey),
    fromSize: Number(from_size),
    untilSize: until_size === null ? null : Number(until_size),
  }));
  return { logKeys, witnesses: [] };
}

function faultsBetween(last: EventRow | null, { position, recordedAt }: EventRow): readonly LedgerFault[] {
  const expected = (last?.position ?? 0) + 1;
  if (position > expected) return [faultWithin('missing_event', expected, position - 1, 'no event is there')];
  if (last !== null && recordedAt < last.recordedAt)
    return [
      faultWithin('time_went_back', last.position, position, 'the later one was recorded before the other'),
    ];
  return [];
}

function headFaults(end: number, lastRecordedAt: string | null, heads: Heads): readonly LedgerFault[] {
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

async function streamFaults(client: ClientBase): Promise<readonly LedgerFault[]> {
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

/** Where the events fit all that was signed, it is the stored tree that was altered. */
function blamed(tiles: readonly LedgerFault[], checkpoints: readonly LedgerFault[]): readonly LedgerFault[] {
  const rewritten = checkpoints.some(({ code }) => code === 'history_rewritten');
  const blame = (fault: LedgerFault): LedgerFault => (rewritten ? fault : { ...fault, code: 'tree_altered' });
  return [...tiles.map(blame), ...checkpoints];
}
