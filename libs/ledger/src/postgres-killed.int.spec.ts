import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startPostgres } from '#embedded-postgres';
import { migrate } from '#platform';
import { waitingAppend, writerPool } from '../test/ledger-scene.ts';
import { cause, graded, received } from '../test/sample-events.ts';
import { type AppendRequest } from './ledger.ts';
import { ledgerMigrations } from './ledger.migrations.ts';
import { openLedger, type PostgresLedger } from './postgres-ledger.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let pool: pg.Pool;
let ledger: PostgresLedger;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-killed-'));
  postgres = await startPostgres({ dataDir: folder });
  await migrate(postgres.url, [ledgerMigrations]);
  pool = writerPool(postgres.url);
  ledger = openLedger({ pool });
});

afterEach(async () => {
  await ledger.close();
  await pool.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function kill(): Promise<void> {
  process.kill(postgres.pid, 'SIGKILL');
  await postgres.ended;
}

async function startAgain(): Promise<void> {
  postgres = await startPostgres({ dataDir: folder, port: postgres.port });
}

function request(streamId: string): AppendRequest {
  return { streamId, expectedVersion: 0, events: [graded(), received()], cause };
}

it('loses nothing acknowledged and doubles nothing when Postgres is killed twice under load', async () => {
  let load = true;
  const acknowledged: string[] = [];
  const callers = Array.from({ length: 16 }, async (_, caller) => {
    for (let turn = 0; load; turn += 1) {
      const recorded = await ledger.append(request(`caller-${caller}-${turn}`));
      acknowledged.push(...recorded.map(({ eventId }) => eventId));
    }
  });
  for (let times = 0; times < 2; times += 1) {
    const before = acknowledged.length;
    await untilMore(acknowledged, before);
    await kill();
    const killedAt = Date.now();
    await startAgain();
    await untilMore(acknowledged, acknowledged.length);
    expect(Date.now() - killedAt).toBeLessThan(10_000);
  }
  load = false;
  await Promise.all(callers);

  const events = [];
  for (let after = 0; ;) {
    const page = await ledger.read({ after, limit: 5_000 });
    if (page.length === 0) break;
    events.push(...page);
    after += page.length;
  }
  expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
  const ids = events.map(({ eventId }) => eventId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(acknowledged.toSorted());
}, 60_000);

it('tells what is certain from what is not when Postgres stays away', async () => {
  await ledger.close();
  const impatient = openLedger({ pool, retryForMs: 300 });
  await impatient.append(request('before'));
  const holder = await pool.connect();
  holder.on('error', () => undefined);
  await holder.query('BEGIN');
  await holder.query(`SELECT ledger.append('{}', '{}', '{}', '{}', '{}', '{}', '', '', '', '')`);
  const owner = new pg.Pool({ connectionString: postgres.url });
  owner.on('error', () => undefined);
  const underWay = impatient.append(request('under way'));
  const outcome = expect(underWay).rejects.toMatchObject({ code: 'append_outcome_unknown' });
  await waitingAppend(owner);
  await owner.end();
  await kill();
  await outcome;
  holder.release(true);
  await expect(impatient.append(request('after'))).rejects.toMatchObject({ code: 'ledger_unavailable' });
  await expect(impatient.read({ after: 0, limit: 1 })).rejects.toMatchObject({ code: 'ledger_unavailable' });
  await startAgain();
  expect(await impatient.append(request('after'))).toHaveLength(2);
  await impatient.close();
}, 30_000);

async function untilMore(list: readonly unknown[], than: number): Promise<void> {
  while (list.length < than + 200) await new Promise(setImmediate);
}
