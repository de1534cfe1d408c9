import { type ClientBase } from 'pg';
import { parseVkey, type TrustFile } from '#proofs';
import { CheckpointCheck, type Fork, type SavedCheckpoint } from './checkpoint.check.ts';
import { ErasureCheck } from './erasure.check.ts';
import { faultsOfRow } from './event.check.ts';
import { eventRows, type EventRow } from './event-row.ts';
import { FaultList } from './fault.list.ts';
import { type LedgerFault } from './ledger-fault.ts';
import { faultsBetween, headFaults, readHeads, streamFaults } from './order.check.ts';
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

/** Where the events fit all that was signed, it is the stored tree that was altered. */
function blamed(tiles: readonly LedgerFault[], checkpoints: readonly LedgerFault[]): readonly LedgerFault[] {
  const rewritten = checkpoints.some(({ code }) => code === 'history_rewritten');
  const blame = (fault: LedgerFault): LedgerFault => (rewritten ? fault : { ...fault, code: 'tree_altered' });
  return [...tiles.map(blame), ...checkpoints];
}
