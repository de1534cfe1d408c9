import { type Pool } from 'pg';
import { type Projector } from '#projection';

export const createDiary = `
  CREATE TABLE trial.diary (key text PRIMARY KEY, positions bigint[] NOT NULL)`;

/**
 * Writes down, key by key, each position in the order in which it came. Not idempotent on purpose: an event that is
 * applied twice, or too early, shows.
 */
export interface Diary extends Projector<'PublisherGraded'> {
  /** Called before the first event of a batch is written. */
  beforeWriting: (positions: readonly number[]) => Promise<void>;
  /** Positions whose events cannot be applied. */
  readonly poison: Set<number>;
}

export function diary(): Diary {
  const self: Diary = {
    name: 'diary',
    reads: ['PublisherGraded'],
    beforeWriting: () => Promise.resolve(),
    poison: new Set(),
    apply: async (events, tx) => {
      await self.beforeWriting(events.map(({ position }) => position));
      for (const { key, position } of events) {
        await tx.query(
          `INSERT INTO trial.diary AS d (key, positions) VALUES ($1, ARRAY[$2::bigint])
           ON CONFLICT (key) DO UPDATE SET positions = d.positions || excluded.positions`,
          [key, position],
        );
        // After the row is written, so that the failure leaves something to roll back.
        if (self.poison.has(position)) throw new Error(`the ink does not hold ${position}`);
      }
    },
  };
  return self;
}

export async function readDiary(pool: Pool): Promise<Readonly<Record<string, readonly number[]>>> {
  const { rows } = await pool.query<{ key: string; positions: string[] }>('SELECT * FROM trial.diary');
  return Object.fromEntries(rows.map(({ key, positions }) => [key, positions.map(Number)]));
}
