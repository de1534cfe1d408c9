import { type Pool, type PoolClient } from 'pg';
import { SigningRefusedError } from '../transparency.error.ts';
import { hashBytes, type Tile } from './tile-growth.ts';

/**
 * The leaf hashes that the ledger has after the last one in the tree, side by side. That one is read again and held
 * against the tree: where the two differ, the ledger is not the one that the tree was grown from.
 * @param countMax of the leaves
 * @throws SigningRefusedError
 */
export async function readLeaves(
  db: Pool | PoolClient,
  size: number,
  edge: readonly Tile[],
  countMax: number,
): Promise<Buffer> {
  const from = Math.max(size, 1);
  const known = size === 0 ? 0 : 1;
  const { rows } = await db.query<{ first: string; last: string; hashes: Buffer | null }>({
    name: 'transparency-leaves/1',
    text: `SELECT min(position) AS first, max(position) AS last,
        string_agg(leaf_hash, ''::bytea ORDER BY position) AS hashes
      FROM ledger.event WHERE position >= $1 AND position <= $2`,
    values: [from, size + countMax],
  });
  const { first, last, hashes = null } = rows[0] ?? {};
  if (hashes === null) {
    if (known === 0) return Buffer.alloc(0);
    throw new SigningRefusedError(
      'history_lost',
      `The ledger has no event at position ${size}, which is in the tree: was it restored from an older backup?`,
    );
  }
  if (Number(first) !== from || hashes.length !== (Number(last) - from + 1) * hashBytes) {
    throw new SigningRefusedError(
      'history_altered',
      `The ledger lacks events after position ${size}, or holds leaf hashes that are none.`,
    );
  }
  const lastKnown = lastLeaf(size, edge);
  if (lastKnown !== null && !lastKnown.equals(hashes.subarray(0, hashBytes))) {
    throw new SigningRefusedError(
      'history_altered',
      `The event at position ${size} is not the one that the tree holds: the ledger was altered.`,
    );
  }
  return hashes.subarray(known * hashBytes);
}

function lastLeaf(size: number, edge: readonly Tile[]): Buffer | null {
  const hashes = edge.find(({ level }) => level === 0)?.hashes;
  return size === 0 || hashes === undefined ? null : hashes.subarray(-hashBytes);
}
