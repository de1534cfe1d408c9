import { type Pool } from 'pg';

/**
 * The published checkpoint that an answer can be proved by: the smallest that covers its position, so that it stays the
 * same however the log grows.
 */
export interface CoveringCheckpoint {
  readonly size: number;
  /** Base64, as in the checkpoint. */
  readonly root: string;
}

/** A row or none, for a `LATERAL` beside what gives the position; of columns `size` and `root`. */
export function coveringCheckpoint(position: string): string {
  return `(SELECT size, encode(root, 'base64') AS root FROM transparency.checkpoint
    WHERE size >= ${position} ORDER BY size LIMIT 1)`;
}

/** @returns null until there is one, a second at most after the event */
export async function readCoveringCheckpoint(
  pool: Pool,
  position: number,
): Promise<CoveringCheckpoint | null> {
  const { rows } = await pool.query<{ size: string; root: string }>({
    name: 'covering_checkpoint_1',
    text: `SELECT size, root FROM ${coveringCheckpoint('$1')} AS c`,
    values: [position],
  });
  return rows[0] === undefined ? null : { size: Number(rows[0].size), root: rows[0].root };
}
