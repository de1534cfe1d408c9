import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLogger } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../test/harness/database.ts';
import { until } from '../../../test/harness/until.ts';
import { standaloneSettings } from '../src/standalone.config.ts';
import { type DatabaseAccess, ownDatabase } from '../src/database.ts';
import { startStandalone, type Standalone } from '../src/standalone.ts';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Body;
}

/** The three services in this process, on a database of their own, spoken to with the admin key. */
export interface HouseScene {
  readonly database: FreshDatabase;
  /** A superuser's look at the database. */
  readonly owner: pg.Pool;
  send<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Body>>;
  /** What a service was given, by its token. */
  poolOf(token: symbol | string): pg.Pool;
  /** The answer to a GET as it came. */
  sendForText(url: string): Promise<string>;
  /** Waits until every projection has read the whole ledger. */
  settled(): Promise<void>;
  /** Stops the services; what they left is in the database. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const adminKey = 'cw_the-house-of-a-test-0123456789';

export interface HouseSettings {
  /** How the services get at the database; as `npm start` does it with its own when not given. */
  readonly access?: (database: FreshDatabase) => Promise<DatabaseAccess>;
}

export async function houseScene({
  access = ({ url }) => Promise.resolve(ownDatabase(url)),
}: HouseSettings = {}): Promise<HouseScene> {
  const database = await freshDatabase();
  const given = await access(database);
  // The log's key, and what was signed with it.
  const dataDir = await mkdtemp(join(tmpdir(), 'corridor-watch-house-'));
  const owner = new pg.Pool({ connectionString: database.url, max: 3 });
  owner.on('error', () => undefined);
  let house: Standalone | null = null;
  const start = async (): Promise<void> => {
    house = await startStandalone(
      given,
      standaloneSettings({
        CORRIDOR_WATCH_ADMIN_KEY: adminKey,
        FRESHNESS_CHECK_SECONDS: '86400',
        WEBHOOK_ALLOW_LOOPBACK: 'true',
        SOURCE_POLLING: 'false',
        DATA_DIR: dataDir,
        SOURCE_ALLOW_LOOPBACK: 'true',
      }),
      createLogger('test', 'silent'),
    );
    await house.createAdminKey();
    await house.app.init();
    await house.app.getHttpAdapter().getInstance().ready();
  };
  const stop = async (): Promise<void> => {
    await house?.app.close();
    await house?.release();
    house = null;
  };
  await start();
  return {
    database,
    owner,
    send: async (method, url, payload, headers = {}) => {
      if (house === null) throw new Error('The house is stopped');
      const authorization = `Bearer ${adminKey}`;
      const answer = await house.app.inject({
        method,
        url,
        headers: { authorization, ...headers },
        ...(payload !== undefined && { payload }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: JSON.parse(answer.body || 'null') as never,
      };
    },
    poolOf: (token) => {
      if (house === null) throw new Error('The house is stopped');
      return house.app.get<pg.Pool>(token, { strict: false });
    },
    sendForText: async (url) => {
      if (house === null) throw new Error('The house is stopped');
      return (await house.app.inject({ url, headers: { authorization: `Bearer ${adminKey}` } })).body;
    },
    settled: () => settled(owner),
    stop,
    start,
    close: async () => {
      await stop();
      await dropLogins(owner);
      await owner.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Logins belong to the whole cluster. */
async function dropLogins(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query<{ login: string }>(
    `SELECT format('%I', rolname) AS login FROM pg_roles WHERE rolname LIKE '%\\_of\\_' || current_database()`,
  );
  for (const { login } of rows) await owner.query(`DROP ROLE ${login}`);
}

/** Every lane is at the last event of its keys, and no event comes while one looks. */
async function settled(owner: pg.Pool): Promise<void> {
  const looked = async () => {
    const { rows } = await owner.query<{ head: string; behind: boolean }>(`
      SELECT (SELECT position FROM ledger.head) AS head, EXISTS (
        SELECT 1 FROM (
          SELECT projector, max(position) AS position FROM (
            SELECT projector, position FROM ingestion.checkpoint
            UNION ALL SELECT projector, position FROM blockade_status.checkpoint
            UNION ALL SELECT projector, position FROM notification.checkpoint) AS lane
          GROUP BY projector) AS reached
        WHERE position < (SELECT position FROM ledger.head)) AS behind`);
    return rows[0];
  };
  await until('every projection has read the ledger', async () => {
    const before = await looked();
    if (before?.behind !== false) return false;
    await new Promise(setImmediate);
    const after = await looked();
    return after?.behind === false && after.head === before.head;
  });
}
