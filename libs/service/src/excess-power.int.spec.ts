import { openPool } from '#platform';
import { freshDatabase } from '../../../test/harness/database.ts';
import { warnOfExcessPower } from './excess-power.ts';

it('warns of a login that could alter the ledger by letting go of its role, and names what it may', async () => {
  const database = await freshDatabase();
  const pool = openPool({
    databaseUrl: database.url,
    role: 'corridor_watch_ledger_reader',
    applicationName: 'service test',
    connectionsMax: 1,
  });
  const warnings: unknown[] = [];
  await warnOfExcessPower(pool, { warn: (...said: unknown[]) => warnings.push(said) } as never);
  await pool.end();
  await database.drop();
  expect(warnings).toEqual([
    [
      { login: 'postgres', excess: ['is a superuser'] },
      expect.stringContaining('DATABASE_OWNER_URL') as string,
    ],
  ]);
});
