import { type PoolClient } from 'pg';
import { ledgerScene, type LedgerScene, waitingAppend, writerPool } from '../test/ledger-scene.ts';
import { cause, graded } from '../test/sample-events.ts';
import { severableProxy } from '../test/severable-proxy.ts';
import { appendGroup } from './append/append-statement.ts';
import { prepareAppend } from './append/prepared-append.ts';
import { type AppendRequest } from './ledger.ts';
import { openLedger } from './postgres-ledger.ts';

let scene: LedgerScene;
beforeEach(async () => {
  scene = await ledgerScene();
});
afterEach(() => scene.close());

function request(streamId: string, publisher?: string): AppendRequest {
  return { streamId, expectedVersion: 0, events: [graded(publisher)], cause };
}

async function holdLock(): Promise<PoolClient> {
  const holder = await scene.owner.connect();
  holder.on('error', () => undefined);
  await holder.query('BEGIN');
  await holder.query('SELECT FROM ledger.head FOR UPDATE');
  return holder;
}

it('records an append once whose answer got lost after the commit', async () => {
  const proxy = await severableProxy(scene.url);
  const pool = writerPool(proxy.url);
  const ledger = openLedger({ pool });
  await ledger.append(request('warm-up'));
  proxy.swallowNextAnswer();
  const lost = request('lost');
  const recorded = await ledger.append(lost);
  expect(await scene.ledger.readStream('lost')).toEqual(recorded);
  expect(recorded).toMatchObject([{ eventId: lost.events[0]?.eventId, streamVersion: 1 }]);
  await ledger.close();
  await pool.end();
  await proxy.close();
});

it('records an append once whose session was ended while it waited', async () => {
  const holder = await holdLock();
  const append = scene.ledger.append(request('ended'));
  const pid = await waitingAppend(scene.owner);
  await scene.owner.query('SELECT pg_terminate_backend($1)', [pid]);
  await holder.query('COMMIT');
  holder.release();
  expect(await append).toHaveLength(1);
  expect(await scene.ledger.readStream('ended')).toHaveLength(1);
});

it('bridges a lock that is held for a while', async () => {
  const holder = await holdLock();
  const append = scene.ledger.append(request('bridged'));
  await waitingAppend(scene.owner);
  await holder.query('COMMIT');
  holder.release();
  expect(await append).toHaveLength(1);
});

it.each([
  ['the same stream', 'contended', { reason: { code: 'version_conflict', actualVersion: 1 } }],
  ['another stream', 'free', { value: [{ position: 2, streamVersion: 1 }] }],
])('looks again when someone wrote to %s while it waited for the lock', async (_which, streamId, outcome) => {
  const other = await scene.writer.connect();
  await other.query('BEGIN');
  await appendGroup(other, [prepareAppend(request('contended'))], 1_000);
  const settled = Promise.allSettled([scene.ledger.append(request(streamId))]);
  await waitingAppend(scene.owner);
  await other.query('COMMIT');
  other.release();
  expect(await settled).toMatchObject([outcome]);
});

it('says that it is unavailable, and writes nothing, when the lock is held for longer than its patience', async () => {
  const holder = await holdLock();
  const pool = writerPool(scene.url);
  const impatient = openLedger({ pool, retryForMs: 0 });
  const started = Date.now();
  await expect(impatient.append(request('late'))).rejects.toMatchObject({ code: 'ledger_unavailable' });
  expect(Date.now() - started).toBeLessThan(4_000);
  await holder.query('COMMIT');
  holder.release();
  expect(await scene.ledger.readStream('late')).toEqual([]);
  await impatient.close();
  await pool.end();
}, 10_000);

it('is freed within 2 s of a writer that stops half-way through its transaction', async () => {
  const stuck = await scene.writer.connect();
  stuck.on('error', () => undefined);
  await stuck.query('BEGIN');
  await stuck.query(`SELECT ledger.append('{}', '{}', '{}', '{}', '{}', '{}', '', '', '', '')`);
  const started = Date.now();
  expect(await scene.ledger.append(request('freed'))).toMatchObject([{ position: 1 }]);
  expect(Date.now() - started).toBeLessThan(3_000);
  stuck.release(true);
}, 10_000);

it('refuses only the request that spoils its group', async () => {
  await scene.owner.query(`ALTER TABLE ledger.event ADD CHECK (key <> 'Poison')`);
  const names = ['A', 'B', 'Poison', 'C', 'D'];
  const settled = await Promise.allSettled(
    names.map((name) => scene.ledger.append(request(`of ${name}`, name))),
  );
  expect(settled.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  expect(settled[2]).toMatchObject({ reason: { code: 'invalid_event' } });
  const positions = (await scene.ledger.read({ after: 0, limit: 10 })).map(({ position }) => position);
  expect(positions).toEqual([1, 2, 3, 4]);
});
