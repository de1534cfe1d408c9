import { type Pool } from 'pg';
import { inTransaction } from '#platform';
import { readLeaves } from './leaf.reader.ts';
import { grownTiles, hashBytes } from './tile-growth.ts';
import { moveSize, readTreeEdge, writeTiles } from './tile.store.ts';

/** What one step did: how large the tree is now, and by how many leaves it grew. */
export interface Growth {
  readonly size: number;
  readonly leafCount: number;
}

/** As many as are hashed in some 10 ms, for which nothing else in the process runs. */
export const leavesPerStepMax = 8_192;

/**
 * Takes the next events of the ledger into the tree, all or nothing, from the tree's own stored edge. Of several
 * instances that do it at once one succeeds, and the others leave nothing behind and see its work next time.
 * @throws SigningRefusedError where the ledger is not the one that the tree was grown from
 */
export async function growTree(pool: Pool): Promise<Growth> {
  const { size, edge } = await readTreeEdge(pool);
  const leaves = await readLeaves(pool, size, edge, leavesPerStepMax);
  const leafCount = leaves.length / hashBytes;
  if (leafCount === 0) return { size, leafCount };
  const tiles = grownTiles(size, edge, leaves);
  const moved = await inTransaction(pool, async (tx) => {
    // Nobody is told of the tree before a checkpoint is committed, which waits for the disk for this as well.
    await tx.query('SET LOCAL synchronous_commit = off');
    if (!(await moveSize(tx, size, size + leafCount))) return false;
    await writeTiles(tx, tiles);
    return true;
  });
  return moved ? { size: size + leafCount, leafCount } : { size, leafCount: 0 };
}
