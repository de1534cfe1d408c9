import pg from 'pg';
import { allLanes } from '#feed';
import { deriveId, openLedger, type NewEvent, type PostgresLedger } from '#ledger';
import { inTransaction, migrate } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../test/harness/database.ts';
import { blockadeStatusMigrations } from './blockade-status.migrations.ts';
import { readClaims, readKnownStatements } from './corridor-status/claim-rows.ts';
import { statementKey } from './corridor-status/claim-versions.ts';
import { corridorStatusProjector } from './corridor-status/corridor-status.projector.ts';
import { decisionsInLedger } from './corridor-status/decision.recorder.ts';
import { readTurns } from './corridor-status/turn-rows.ts';
import { coded, registered, retracted, statementIdOf } from '../test/reports.ts';

let database: FreshDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2, options: '-c search_path=blockade_status' });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

// As far as claims are converted; what comes after projects them again.
const claimMigrations = 3;

it('keeps the claims of a database from before claims had versions, the retracted ones with their ends', async () => {
  await pool.query('DROP SCHEMA blockade_status CASCADE');
  const { schema, migrations } = blockadeStatusMigrations;
  await migrate(database.url, [{ schema, migrations: migrations.slice(0, 1) }]);
  for (const [name, position, retractedAt] of [
    ['stands', 5, null],
    ['withdrawn', 6, 9],
  ] as const) {
    // As that version wrote it: without cluster, the coder's data and why.
    await pool.query(
      `INSERT INTO blockade_status.claim
         (claim_id, corridor, statement_id, position, retracted_at, published_at, type, speaker, claim)
       VALUES ($1, 'heron-pass', $2, $3, $4, '2023-02-01', 'status', 'ICRC', $5)`,
      [
        deriveId('claim', name),
        statementIdOf(name),
        position,
        retractedAt,
        {
          claimId: deriveId('claim', name),
          statementId: statementIdOf(name),
          status: 'blocked',
          presupposed: true,
          modality: 'future',
          validFrom: '2023-02-04',
          publisher: 'Valley Herald',
        },
      ],
    );
  }
  await migrate(database.url, [{ schema, migrations: migrations.slice(0, claimMigrations) }]);

  const idsAt = async (knownAt: number | null) =>
    (await readClaims(pool, 'heron-pass', knownAt)).map(({ claimId }) => claimId).sort();
  const [stands, withdrawn] = [deriveId('claim', 'stands'), deriveId('claim', 'withdrawn')];
  expect(await idsAt(null)).toEqual([stands]);
  expect(await idsAt(8)).toEqual([stands, withdrawn].sort());
  expect(await readClaims(pool, 'heron-pass', null)).toMatchObject([
    { cluster: statementIdOf('stands'), coderData: null, why: null },
  ]);

  const { rows } = await pool.query(`
    SELECT status, presupposed, modality, valid_from::text, effect, flows, publisher, cluster FROM blockade_status.claim
    WHERE until_position IS NULL`);
  expect(rows).toEqual([
    {
      status: 'blocked',
      presupposed: true,
      modality: 'future',
      valid_from: '2023-02-04',
      effect: null,
      flows: [],
      publisher: 'Valley Herald',
      cluster: statementIdOf('stands'),
    },
  ]);

  const events = [
    coded({ name: 'stands', corridor: 'heron-pass', on: '2023-02-01', status: 'blocked' }),
    retracted('withdrawn', 'heron-pass'),
  ].map((event) => ({ ...event, position: 10 })) as unknown as Parameters<typeof readKnownStatements>[1];
  const known = await readKnownStatements(pool, events);
  expect(known.get(statementKey(statementIdOf('withdrawn'), 'heron-pass'))?.claims.ended).toBe('retracted');
  expect(known.get(statementKey(statementIdOf('stands'), 'heron-pass'))?.standing.size).toBe(1);
});

it('projects a database from before turns again, and decides nothing anew that was decided then', async () => {
  await pool.query('DROP SCHEMA blockade_status CASCADE');
  const { schema, migrations } = blockadeStatusMigrations;
  await migrate(database.url, [{ schema, migrations: migrations.slice(0, claimMigrations) }]);
  const ledger = openLedger({ pool });
  const events = await recordAll(ledger, [
    registered('heron-pass'),
    coded({ name: 'shut', corridor: 'heron-pass', on: '2023-02-01', status: 'blocked' }),
    coded({ name: 'open', corridor: 'heron-pass', on: '2023-02-20', status: 'open' }),
  ]);
  const decidedThrough = events[1]?.position;
  await pool.query(
    `INSERT INTO blockade_status.checkpoint SELECT 'corridor-status', lane, $1, 1 FROM unnest($2::int[]) AS lane`,
    [decidedThrough, allLanes],
  );
  await migrate(database.url, [blockadeStatusMigrations]);
  expect((await pool.query('SELECT FROM blockade_status.checkpoint')).rowCount).toBe(0);

  const projector = corridorStatusProjector(decisionsInLedger(ledger, { info: () => undefined }));
  await inTransaction(pool, (tx) => projector.apply(events, tx));
  const turns = await readTurns(pool, 'heron-pass', events.at(-1)?.position ?? 0);
  expect(turns.map(({ decision: { status } }) => status)).toEqual(['open', 'blocked', 'open']);
  const decisions = await ledger.readStream('corridor-status-heron-pass');
  expect(decisions.map(({ payload }) => payload)).toMatchObject([{ from: 'blocked', to: 'open' }]);
  await ledger.close();
});

async function recordAll(ledger: PostgresLedger, events: readonly NewEvent[]) {
  const cause = { actor: 'test', correlationId: 'test', causationId: null, traceparent: null };
  const recorded = await ledger.append({ streamId: 'test', expectedVersion: 'any', events, cause });
  return recorded as Parameters<ReturnType<typeof corridorStatusProjector>['apply']>[0];
}
