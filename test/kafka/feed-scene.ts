import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { feedMigrations } from '#feed';
import { ledgerMigrations, openLedger, type PostgresLedger } from '#ledger';
import { migrate, openPool } from '#platform';
import { notificationRole } from '../../apps/notification/src/notification.migrations.ts';
import { corridorRegistered } from '../../libs/feed/test/corridor-events.ts';
import { freshDatabase } from '../harness/database.ts';
import { createLaneTables, LaneTable } from './lane-table.ts';

export const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
function nothing(): void {
  // What is logged is not what these tests are about.
}

const corridorKeys = [
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
  readonly ledger: PostgresLedger;
  /** As a service that reads the feed has it. */
  readonly pool: pg.Pool;
  newConsumer(name?: string): LaneTable;
  append(eventCount: number): Promise<void>;
  /** How many were appended. */
  eventCount(): Promise<number>;
  /** What each key's consumer has to have in the end. */
  expected(): Promise<ReadonlyMap<string, number[]>>;
  close(): Promise<void>;
}

export async function setScene(): Promise<FeedScene> {
  const database = await freshDatabase();
  await migrate(database.url, [ledgerMigrations, feedMigrations]);
  const own = new pg.Pool({ connectionString: database.url, max: 10 });
  await createLaneTables(own);
  const pool = openPool({
    databaseUrl: database.url,
    role: notificationRole,
    applicationName: 'feed-test',
    connectionsMax: 10,
  });
  // Dropping the database may meet a connection on its way out.
  for (const each of [own, pool]) each.on('error', () => undefined);
  const ledger = openLedger({ pool: own });
  let appendedCount = 0;
  return {
    prefix: `t${randomBytes(5).toString('hex')}`,
    databaseUrl: database.url,
    ledger,
    pool,
    newConsumer: (name = 'projector') => new LaneTable(own, name),
    append: async (eventCount) => {
      const keys = Array.from({ length: eventCount }, () => nextKey(appendedCount++));
      await Promise.all(keys.map((key) => ledger.append(registration(key))));
    },
    eventCount: async () => (await ledger.head()).position,
    expected: async () => {
      const events = await ledger.read({ after: 0, limit: 10_000 });
      const byKey = Map.groupBy(events, ({ key }) => key);
      return new Map([...byKey].map(([key, of]) => [key, of.map(({ position }) => position)]));
    },
    close: async () => {
      await ledger.close();
      await Promise.all([pool.end(), own.end()]);
      await database.drop();
    },
  };
}

function nextKey(index: number): string {
  return corridorKeys[(index * 31) % corridorKeys.length]!;
}

function registration(key: string): Parameters<PostgresLedger['append']>[0] {
  return {
    streamId: `corridor:${key}`,
    expectedVersion: 'any',
    events: [{ ...corridorRegistered(key), eventId: randomUUID() }],
    cause: { actor: 'test', correlationId: 'feed-test', causationId: null, traceparent: null },
  };
}
