import { type Pool } from 'pg';

export type Salts = ReadonlyMap<number, Uint8Array>;

/**
 * The salts of the events at those positions that still have one; asked for once a batch. The pool's role MUST be a
 * member of the ledger's readers.
 */
export async function readSalts(pool: Pool, positions: readonly number[]): Promise<Salts> {
  if (positions.length === 0) return new Map();
  const { rows } = await pool.query<{ position: string; salt: Buffer }>({
    name: 'feed-salts/1',
    // An event of a kind that could not be erased when it was recorded has its salt in its own row.
    text: `SELECT position, salt FROM ledger.erasable_payload WHERE position = ANY ($1)
      UNION ALL SELECT position, salt FROM ledger.event WHERE position = ANY ($1) AND salt IS NOT NULL`,
    values: [positions],
  });
  return new Map(rows.map(({ position, salt }) => [Number(position), salt]));
}
