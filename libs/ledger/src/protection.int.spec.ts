import pg from 'pg';
import { openPool } from '#platform';
import { ledgerScene, type LedgerScene } from '../test/ledger-scene.ts';
import { cause, graded, received } from '../test/sample-events.ts';
import { ledgerReaderRole } from './ledger.roles.ts';
import { openLedger } from './postgres-ledger.ts';

let scene: LedgerScene;
let reader: pg.Pool;
beforeAll(async () => {
  scene = await ledgerScene();
  reader = openPool({
    databaseUrl: scene.url,
    role: ledgerReaderRole,
    applicationName: 'ledger-test',
    connectionsMax: 2,
  });
  await scene.ledger.append({ streamId: 's', expectedVersion: 0, events: [graded(), received()], cause });
});
afterAll(async () => {
  await reader.end();
  await scene.close();
});

const insufficientPrivilege = { code: '42501' };

describe.each<[string, () => pg.Pool]>([
  ['writer', () => scene.writer],
  ['reader', () => reader],
])('a service that is a %s', (_role, pool) => {
  it.each([
    `UPDATE ledger.event SET actor = 'someone else'`,
    'DELETE FROM ledger.event',
    'TRUNCATE ledger.event',
    `INSERT INTO ledger.event SELECT position + 100, stream_id || 'x', 1, gen_random_uuid(), type, schema_version,
       payload, salt, payload_hash, key, valid_from, recorded_at, actor, correlation_id, causation_id, traceparent,
       leaf_hash FROM ledger.event`,
    'UPDATE ledger.event_000000 SET position = 7',
    'DELETE FROM ledger.event_000000',
    'UPDATE ledger.head SET position = 0',
    'DELETE FROM ledger.head',
    'DELETE FROM ledger.erasable_payload',
    `UPDATE ledger.erasable_payload SET payload = '{}'`,
    'TRUNCATE ledger.erasable_payload',
    'SELECT ledger.add_partition(7)',
    'DROP TABLE ledger.event',
    'ALTER TABLE ledger.event DISABLE TRIGGER ALL',
    'CREATE TABLE ledger.mine (x int)',
  ])('may not %s', async (sql) => {
    await expect(pool().query(sql)).rejects.toMatchObject(insufficientPrivilege);
  });

  it('reads', async () => {
    const ledger = openLedger({ pool: pool() });
    expect(await ledger.readStream('s')).toHaveLength(2);
    expect(await ledger.positionAt(new Date())).toBe(2);
    expect((await ledger.head()).position).toBe(2);
    await ledger.close();
  });
});

it('lets no reader append', async () => {
  const ledger = openLedger({ pool: reader });
  await expect(
    ledger.append({ streamId: 's', expectedVersion: 'any', events: [graded()], cause }),
  ).rejects.toMatchObject({
    code: 'ledger_unavailable',
    message: expect.stringContaining('permission') as string,
  });
  await ledger.close();
});

describe('the owner of the tables', () => {
  it.each([
    `UPDATE ledger.event SET actor = 'someone else' WHERE false`,
    'DELETE FROM ledger.event WHERE position = 1',
    'TRUNCATE ledger.event',
    `UPDATE ledger.event_000000 SET actor = 'someone else'`,
    'DELETE FROM ledger.event_000000',
    'TRUNCATE ledger.event_000000',
    `UPDATE ledger.erasable_payload SET payload = '{}'`,
    'TRUNCATE ledger.erasable_payload',
  ])('is stopped by a trigger at %s', async (sql) => {
    await expect(scene.owner.query(sql)).rejects.toMatchObject({
      ...insufficientPrivilege,
      message: expect.stringContaining('append-only') as string,
    });
    expect(await scene.ledger.read({ after: 0, limit: 10 })).toHaveLength(2);
  });
});

it('cannot be led astray by a search path of the caller', async () => {
  const client = await scene.owner.connect();
  await client.query(`
    CREATE SCHEMA evil;
    CREATE FUNCTION evil.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT ''\\x00''::bytea';
    GRANT USAGE ON SCHEMA evil TO PUBLIC;
    SET search_path = evil, pg_catalog;
  `);
  client.release(true);
  const pool = new pg.Pool({ connectionString: scene.url, options: '-c search_path=evil,pg_catalog' });
  const ledger = openLedger({ pool });
  const [event] = await ledger.append({ streamId: 'astray', expectedVersion: 0, events: [graded()], cause });
  const { rows } = await scene.owner.query<{ length: number }>(
    'SELECT length(leaf_hash) FROM ledger.event WHERE position = $1',
    [event?.position],
  );
  expect(rows).toEqual([{ length: 32 }]);
  await ledger.close();
  await pool.end();
});
