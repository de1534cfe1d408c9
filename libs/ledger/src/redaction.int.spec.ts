import { createHash } from 'node:crypto';
import type pg from 'pg';
import { contractOf, type PayloadOf, stubOf } from '#events';
import { canonicalize } from '#proofs';
import { openPool } from '#platform';
import { ledgerScene, type LedgerScene } from '../test/ledger-scene.ts';
import { cause, graded, received } from '../test/sample-events.ts';
import { deriveId } from './derive-id.ts';
import { ledgerEraserRole, ledgerReaderRole } from './ledger.roles.ts';
import { openLedger, type PostgresLedger } from './postgres-ledger.ts';

let scene: LedgerScene;
let eraserPool: pg.Pool;
let eraser: PostgresLedger;
beforeEach(async () => {
  scene = await ledgerScene();
  const parts = { databaseUrl: scene.url, applicationName: 'ledger-test', connectionsMax: 2 };
  eraserPool = openPool({ ...parts, role: ledgerEraserRole });
  eraser = openLedger({ pool: eraserPool });
  await scene.ledger.append({ streamId: 's', expectedVersion: 0, events: [graded(), received()], cause });
});
afterEach(async () => {
  await eraser.close();
  await eraserPool.end();
  await scene.close();
});

const statementId = '6f1c2a52-6b2e-4b55-9c0e-0a1b2c3d4e5f';
const stub = canonicalize(
  stubOf(
    { type: 'StatementReceived', position: 2, payload: received().payload as PayloadOf<'StatementReceived'> },
    { statementId, wording: statementId, claims: [] },
  ),
);
const schemaVersion = contractOf('StatementReceived').version;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Records that the payloads at those positions are to vanish, and answers where that stands. */
async function recordErasure(...replaced: PayloadOf<'PayloadsErased'>['replaced']): Promise<number> {
  const payload = { statementId, replaced };
  const eventId = deriveId('erased', canonicalize(payload));
  const events = [{ type: 'PayloadsErased' as const, payload, eventId }];
  const [event] = await scene.ledger.append({ streamId: 's', expectedVersion: 'any', events, cause });
  return event!.position;
}

const ofTwo = { position: 2, schemaVersion, stubSha256: sha256(stub) };
const refused = (message: RegExp) => ({ code: '23514', message: expect.stringMatching(message) as string });

it('puts the stub in the place of the payload, and removes that with its salt', async () => {
  await eraser.erase(await recordErasure(ofTwo), [stub]);
  const [, event] = await scene.ledger.read({ after: 0, limit: 10 });
  expect(event).toMatchObject({
    type: 'StatementReceived',
    position: 2,
    payload: { body: '[redacted]', redacted: { wording: statementId } },
  });
  expect(await scene.ledger.readStream('s')).toHaveLength(3);
  expect(await eraser.readAt([2])).toEqual([event]);
  const { rows } = await scene.owner.query('SELECT count(*)::int FROM ledger.erasable_payload');
  expect(rows).toEqual([{ count: 0 }]);
});

it('leaves the leaf of the event as it was', async () => {
  const leaves = async (): Promise<unknown> =>
    (await scene.owner.query('SELECT leaf_hash, payload_hash FROM ledger.event WHERE position <= 2')).rows;
  const before = await leaves();
  await eraser.erase(await recordErasure(ofTwo), [stub]);
  expect(await leaves()).toEqual(before);
});

it('does nothing a second time', async () => {
  const position = await recordErasure(ofTwo);
  await eraser.erase(position, [stub]);
  const before = await scene.ledger.readEntries({ after: 0, limit: 10 });
  await eraser.erase(position, [stub]);
  expect(await scene.ledger.readEntries({ after: 0, limit: 10 })).toEqual(before);
});

it('lets the later of two erasures hold, in whatever order they are carried out', async () => {
  const second = stub.replace('[redacted]', '[redacted] ');
  const first = await recordErasure(ofTwo);
  const later = await recordErasure({ ...ofTwo, stubSha256: sha256(second) });
  await eraser.erase(later, [second]);
  await eraser.erase(first, [stub]);
  const [event] = await eraser.readAt([2]);
  expect(event?.payload).toMatchObject({ body: '[redacted] ' });
});

it('still knows a repetition of what was appended before', async () => {
  const eventId = deriveId('told twice');
  const request = { streamId: 'twice', expectedVersion: 0, events: [received('Gone.', eventId)], cause };
  const [first] = await scene.ledger.append(request);
  await eraser.erase(await recordErasure({ ...ofTwo, position: first!.position }), [stub]);
  expect(await scene.ledger.append(request)).toMatchObject([{ position: first!.position, eventId }]);
});

it.each<[string, () => Promise<[number, string[]]>, RegExp]>([
  [
    'for a position that holds another event',
    () => Promise.resolve([1, [stub]]),
    /position 1 holds no PayloadsErased/,
  ],
  [
    'for a position beyond the head',
    () => Promise.resolve([99, [stub]]),
    /position 99 holds no PayloadsErased/,
  ],
  [
    'with another stub than was recorded',
    async () => [await recordErasure(ofTwo), [stub.replace('en', 'fr')]],
    /the stub for position 2/,
  ],
  [
    'with more stubs than were recorded',
    async () => [await recordErasure(ofTwo), [stub, stub]],
    /replaces 1 payloads, not 2/,
  ],
  ['with no stub', async () => [await recordErasure(ofTwo), []], /replaces 1 payloads, not 0/],
  [
    'of a payload that names nobody',
    async () => [await recordErasure({ ...ofTwo, position: 1 }), [stub]],
    /position 1 cannot be erased/,
  ],
  [
    'of a payload that is not there yet',
    async () => [await recordErasure({ ...ofTwo, position: 7 }), [stub]],
    /position 7 cannot be erased/,
  ],
])('refuses an erasure %s', async (_what, given, message) => {
  const [position, stubs] = await given();
  await expect(eraser.erase(position, stubs)).rejects.toMatchObject(refused(message));
  expect((await eraser.readAt([2]))[0]?.payload).toMatchObject({ body: 'The road is shut.' });
});

it('is for the eraser alone', async () => {
  const position = await recordErasure(ofTwo);
  const reader = openPool({
    databaseUrl: scene.url,
    role: ledgerReaderRole,
    applicationName: 'ledger-test',
    connectionsMax: 1,
  });
  for (const pool of [reader, scene.writer])
    await expect(pool.query('SELECT ledger.erase($1, $2)', [position, [stub]])).rejects.toMatchObject({
      code: '42501',
    });
  await reader.end();
});

it.each([
  'DELETE FROM ledger.erasable_payload',
  'DELETE FROM ledger.redacted_payload',
  `UPDATE ledger.redacted_payload SET payload = '{}'`,
  `INSERT INTO ledger.redacted_payload VALUES (2, 1, '{}', 3)`,
  'TRUNCATE ledger.redacted_payload',
])('gives the eraser no other way: not %s', async (sql) => {
  await expect(eraserPool.query(sql)).rejects.toMatchObject({ code: '42501' });
});

it.each([
  'DELETE FROM ledger.erasable_payload WHERE position = 2',
  'DELETE FROM ledger.redacted_payload',
  'TRUNCATE ledger.redacted_payload',
])('stops the owner of the tables at %s', async (sql) => {
  await expect(scene.owner.query(sql)).rejects.toMatchObject({ code: '42501' });
});
