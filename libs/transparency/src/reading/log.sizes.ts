import { type Pool } from 'pg';

/** An event is in the ledger, then in the tree, then under a signed checkpoint. */
export type EventState = 'appended' | 'integrated' | 'published';

export interface LogSizes {
  readonly appended: number;
  readonly integrated: number;
  readonly published: number;
}

/** In one statement, and the first last: no size is ever told that is larger than one before it. */
export async function readSizes(pool: Pool): Promise<LogSizes> {
  const { rows } = await pool.query<{ appended: string; integrated: string; published: string | null }>({
    name: 'transparency-sizes/1',
    text: `SELECT (SELECT position FROM ledger.head) AS appended, (SELECT size FROM transparency.tree) AS integrated,
      (SELECT size FROM transparency.checkpoint ORDER BY size DESC LIMIT 1) AS published`,
  });
  const { appended = '0', integrated = '0', published } = rows[0] ?? {};
  return { appended: Number(appended), integrated: Number(integrated), published: Number(published ?? 0) };
}

/** @returns null where the ledger has no such position */
export function stateOf(position: number, { appended, integrated, published }: LogSizes): EventState | null {
  if (position <= published) return 'published';
  if (position <= integrated) return 'integrated';
  return position <= appended ? 'appended' : null;
}
