import pg from 'pg';
import { freshDatabase } from '../../../test/harness/database.ts';
import { ledgerWriterRole } from '#ledger';
import { layFoundation } from './service-foundation.ts';
import { type ServiceSettings } from './service.settings.ts';

it('migrates as the owner and connects as a login that is the role of its service and nothing else', async () => {
  const database = await freshDatabase();
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  const limited = new URL(database.url);
  limited.username = `limited_of_${limited.pathname.slice(1)}`;
  limited.password = 'only-for-this-test';
  await owner.query(`CREATE ROLE ${limited.username} LOGIN PASSWORD '${limited.password}'`);
  const parts = {
    service: 'test',
    role: ledgerWriterRole,
    migrations: { schema: 'ledger', migrations: [] },
    settings: {
      DATABASE_URL: limited.href,
      DATABASE_OWNER_URL: database.url,
      DATABASE_CONNECTIONS_MAX: 2,
      LOG_LEVEL: 'silent',
      // Nobody is there, which is no error: the feed goes on trying.
      KAFKA_BROKERS: ['127.0.0.1:1'],
      KAFKA_TOPIC: 'test',
      KAFKA_REPLICATION_FACTOR: 1,
      KAFKA_RETENTION_HOURS: 1,
      KAFKA_TLS: false,
    } as ServiceSettings,
  };
  const { pool, release } = await layFoundation(parts);
  const { rows } = await pool.query('SELECT session_user AS login, current_user AS role');
  expect(rows).toEqual([{ login: limited.username, role: ledgerWriterRole }]);
  const client = await pool.connect();
  await client.query('RESET ROLE; SET ROLE NONE');
  await expect(client.query('DELETE FROM ledger.event')).rejects.toMatchObject({ code: '42501' });
  client.release(true);
  await release();

  // Migrated once, the owner can be taken away.
  const again = await layFoundation({
    ...parts,
    settings: { ...parts.settings, DATABASE_OWNER_URL: undefined },
  });
  expect((await again.pool.query('SELECT 1 FROM ledger.head')).rowCount).toBe(1);
  await again.release();
  await owner.query(`DROP ROLE ${limited.username}`);
  await owner.end();
  await database.drop();
});
