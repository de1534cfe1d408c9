import { type Pool } from 'pg';
import { openPool } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../../test/harness/database.ts';
import { until } from '../../../../test/harness/until.ts';
import { feedRole } from '../feed-tables.ts';
import { FencedError } from '../feed.ts';
import { laneHeads, RelayCursor, type Term } from './relay-cursor.ts';

const topic = 'events';

describe('the cursor of the relay', () => {
  let database: FreshDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await freshDatabase();
    pool = openPool({
      databaseUrl: database.url,
      role: feedRole,
      applicationName: 'test',
      connectionsMax: 3,
    });
    pool.on('error', () => undefined);
  });

  beforeEach(async () => {
    for (const table of ['relay_cursor', 'relay_lane'])
      await pool.query(`UPDATE feed.${table} SET topic = gen_random_uuid()::text WHERE topic = $1`, [topic]);
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const cursorOf = (holder: string, leaseMs = 60_000): RelayCursor =>
    new RelayCursor(pool, topic, holder, leaseMs);

  const claimed = (cursor: RelayCursor): Promise<Term> => until('the claim is granted', () => cursor.claim());

  it('is held by one at a time', async () => {
    await claimed(cursorOf('first'));
    expect(await cursorOf('second').claim()).toBeNull();
  });

  it('is free again when the lease has run out, and at once when it is given back', async () => {
    const lapsed = await claimed(cursorOf('first', 1));
    const second = cursorOf('second');
    const term = await claimed(second);
    expect(Number(term.epoch)).toBe(Number(lapsed.epoch) + 1);
    await second.resign(term);
    expect(await cursorOf('third').claim()).not.toBeNull();
  });

  it('goes on where the last holder left it, with the heads of the lanes', async () => {
    const first = cursorOf('first', 1);
    const term = await first.move(await claimed(first), 7, new Map([[3, 7]]));
    await first.move(term, 9, new Map([[4, 9]]));
    expect(await claimed(cursorOf('second'))).toMatchObject({
      position: 9,
      lanes: new Map([
        [3, 7],
        [4, 9],
      ]),
    });
  });

  it('refuses whoever was elected before, and nothing of theirs is written', async () => {
    const first = cursorOf('first', 1);
    const term = await claimed(first);
    const second = cursorOf('second');
    await second.move(await claimed(second), 5, new Map([[1, 5]]));
    await expect(first.move(term, 8, new Map([[1, 8]]))).rejects.toThrow(FencedError);
    await expect(first.renew(term)).rejects.toThrow(FencedError);
    expect(await first.position()).toBe(5);
    expect(await laneHeads(pool, topic)).toEqual(new Map([[1, 5]]));
  });

  it('refuses a second move from the same position', async () => {
    const cursor = cursorOf('first');
    const term = await claimed(cursor);
    await cursor.move(term, 5, new Map());
    await expect(cursor.move(term, 6, new Map())).rejects.toThrow(FencedError);
  });
});
