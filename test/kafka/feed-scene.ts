import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { feedMigrations, feedRole } from '#feed';
import { migrate, openPool } from '#platform';
import { RememberedLedger } from '../../libs/feed/test/remembered-ledger.ts';
import { freshDatabase } from '../harness/database.ts';
import { createLaneTables, LaneTable } from './lane-table.ts';

export const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
function nothing(): void {
  // What is logged is not what these tests are about.
}

export const corridorKeys = [
  'lachin-corridor',
  'rafah',
  'zangezur',
  'bab-al-hawa',
  'kerem-shalom',
  'grozny',
  'sarajevo',
];

/** A database and a ledger of a test's own, with a consumer that writes what it is given. */
export interface FeedScene {
  /** Any name that no other test has. */
  readonly prefix: string;
  /** As a superuser. */
  readonly databaseUrl: string;
  readonly ledger: RememberedLedger;
  /** As the feed and the relay use it. */
  readonly pool: pg.Pool;
  newConsumer(name?: string): LaneTable;
  append(eventCount: number): void;
  /** What each key's consumer has to have in the end. */
  expected(): ReadonlyMap<string, number[]>;
  close(): Promise<void>;
}

export async function setScene(): Promise<FeedScene> {
  const database = await freshDatabase();
  await migrate(database.url, [feedMigrations]);
  const own = new pg.Pool({ connectionString: database.url, max: 10 });
  await createLaneTables(own);
  const pool = openPool({
    databaseUrl: database.url,
    role: feedRole,
    applicationName: 'feed-test',
    connectionsMax: 10,
  });
  // Dropping the database may meet a connection on its way out.
  for (const each of [own, pool]) each.on('error', () => undefined);
  const ledger = new RememberedLedger();
  return {
    prefix: `t${randomBytes(5).toString('hex')}`,
    databaseUrl: database.url,
    ledger,
    pool,
    newConsumer: (name = 'projector') => new LaneTable(own, name),
    append: (eventCount) => {
      for (let index = 0; index < eventCount; index += 1)
        ledger.add(corridorKeys[(ledger.events.length * 31) % corridorKeys.length]!);
    },
    expected: () => {
      const positions = Map.groupBy(ledger.events, ({ key }) => key);
      return new Map([...positions].map(([key, events]) => [key, events.map(({ position }) => position)]));
    },
    close: async () => {
      await Promise.all([pool.end(), own.end()]);
      await database.drop();
    },
  };
}
