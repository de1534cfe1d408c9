import pg from 'pg';
import { until } from '../../../test/harness/until.ts';
import { STATUS_POOL } from '../../blockade-status/src/blockade-status.tokens.ts';
import { INGESTION_POOL } from '../../ingestion/src/ingestion.tokens.ts';
import { NOTIFICATION_POOL } from '../../notification/src/notification.tokens.ts';
import { houseScene, type HouseScene } from '../test/house-scene.ts';
import { type DatabaseAccess, givenDatabase } from './database.ts';

const login = 'corridor_watch_limited';
const password = 'only-for-this-test';

/** A login that an operator made, and the owner beside it. */
async function limitedLogin({ url }: { readonly url: string }): Promise<DatabaseAccess> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const name = `${login}_of_${new URL(url).pathname.slice(1)}`;
  await owner.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
  await owner.end();
  const limited = new URL(url);
  limited.username = name;
  limited.password = password;
  return givenDatabase(limited.href, url);
}

const refused = [
  `UPDATE ledger.event SET actor = 'someone else'`,
  'DELETE FROM ledger.event',
  'TRUNCATE ledger.event',
  `UPDATE ledger.event_000000 SET actor = 'someone else'`,
  'DELETE FROM ledger.erasable_payload',
  `UPDATE ledger.redacted_payload SET payload = '{}'`,
  'UPDATE ledger.head SET position = 0',
  'DROP TRIGGER append_only ON ledger.event',
  'ALTER TABLE ledger.event DISABLE TRIGGER ALL',
  'DROP TABLE ledger.event',
  `SET session_replication_role = 'replica'`,
  'CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
  'ALTER FUNCTION ledger.refuse_change() OWNER TO CURRENT_USER',
  'ALTER FUNCTION ledger.erase(bigint, text[]) SECURITY INVOKER',
  'CREATE TABLE ledger.mine (x int)',
  'CREATE FUNCTION ledger.mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
  'CREATE SCHEMA mine',
  'ALTER ROLE CURRENT_USER SUPERUSER',
  'CREATE ROLE mine SUPERUSER',
  'SET ROLE postgres',
  'SET SESSION AUTHORIZATION postgres',
  `COPY (SELECT 1) TO PROGRAM 'true'`,
];

describe.each<[string, Parameters<typeof houseScene>[0]]>([
  ['npm start with its own Postgres', {}],
  ['DATABASE_URL and DATABASE_OWNER_URL', { access: limitedLogin }],
])('%s', (_what, settings) => {
  let scene: HouseScene;
  beforeAll(async () => {
    scene = await houseScene(settings);
  }, 60_000);
  afterAll(() => scene.close());

  const pools: [string, symbol][] = [
    ['ingestion', INGESTION_POOL],
    ['blockade-status', STATUS_POOL],
    ['notification', NOTIFICATION_POOL],
  ];

  describe.each(pools)('a connection of %s', (_service, token) => {
    it.each(refused)('may not, with its role or without it: %s', async (sql) => {
      for (const first of ['SELECT 1', 'RESET ROLE', 'SET ROLE NONE', 'RESET ALL']) {
        const client = await scene.poolOf(token).connect();
        try {
          await client.query(first);
          await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
        } finally {
          client.release(true);
        }
      }
    });

    it('cannot read the ledger either once it lets go of its role', async () => {
      const client = await scene.poolOf(token).connect();
      try {
        await client.query('RESET ROLE; SET ROLE NONE');
        await expect(client.query('SELECT 1 FROM ledger.event')).rejects.toMatchObject({ code: '42501' });
      } finally {
        client.release(true);
      }
    });
  });

  it('keeps no superuser in any pool, nor in what listens beside it', async () => {
    await until('someone listens', async () => {
      const { rows } = await scene.owner.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
      );
      return rows.length > 0;
    });
    const { rows } = await scene.owner.query<{ login: string }>(
      `SELECT DISTINCT usename AS login FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'corridor-watch%' AND usename IN (
         SELECT rolname FROM pg_roles WHERE rolsuper OR rolcreaterole)`,
    );
    expect(rows).toEqual([]);
  });

  it('works: a report goes in, and the status tells of it', async () => {
    const { status } = await scene.send('POST', '/v1/statements', {
      publisher: 'Valley Herald',
      publishedAt: '2023-01-20T17:00:00Z',
      language: 'en',
      about: ['lachin-corridor'],
      body: 'The Lachin corridor is blocked, the International Committee of the Red Cross said.',
    });
    expect(status).toBe(201);
    await scene.settled();
    const answer = await scene.send('GET', '/v1/corridors/lachin-corridor/status?validAt=2023-01-21');
    expect(answer.body).toMatchObject({ status: 'blocked' });
  });
});
