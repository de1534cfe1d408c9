import { type PoolClient } from 'pg';
import { setAdminKey, newKey } from '#access';
import { accessScene, type AccessScene } from '../test/access-scene.ts';

let scene: AccessScene;
let authorization: string;
let made = 0;
let idempotencyKey: string;

beforeAll(async () => {
  scene = await accessScene();
  authorization = `Bearer ${(await scene.issue('statements:write', 'corridors:write')).key}`;
});

beforeEach(() => {
  idempotencyKey = `request-${++made}`;
  scene.workshop.make = () => Promise.resolve();
});

afterAll(() => scene.close());

const post = (body: object, more: { authorization?: string; idempotencyKey?: string } = {}) =>
  scene.send('POST', { authorization, idempotencyKey, body, ...more });

it('works on a repeated request once, and gives the stored answer, marked as such', async () => {
  const first = await post({ name: 'a' });
  const before = scene.workshop.madeCount;
  const second = await post({ name: 'a' });
  expect(scene.workshop.madeCount).toBe(before);
  expect(second).toMatchObject({ status: first.status, body: first.body });
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  expect(second.headers['idempotent-replayed']).toBe('true');
});

it('repeats an answer without a body too', async () => {
  const clear = () => scene.send('DELETE', { authorization, idempotencyKey });
  expect(await clear()).toMatchObject({ status: 204, body: '' });
  const before = scene.workshop.madeCount;
  expect(await clear()).toMatchObject({
    status: 204,
    body: '',
    headers: { 'idempotent-replayed': 'true' },
  });
  expect(scene.workshop.madeCount).toBe(before);
});

it('works on each request without a key of its own', async () => {
  const before = scene.workshop.madeCount;
  await scene.send('POST', { authorization, body: {} });
  await scene.send('POST', { authorization, body: {} });
  expect(scene.workshop.madeCount).toBe(before + 2);
});

it('refuses the same key with another body', async () => {
  await post({ name: 'a' });
  const before = scene.workshop.madeCount;
  expect(await post({ name: 'b' })).toMatchObject({
    status: 422,
    body: { type: 'urn:corridor-watch:problem:idempotency_key_reused' },
  });
  expect(scene.workshop.madeCount).toBe(before);
});

it('refuses a repetition while the first is still being worked on', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
  const { promise: done, resolve: finish } = Promise.withResolvers<undefined>();
  scene.workshop.make = async () => {
    begin(undefined);
    await done;
  };
  const first = post({ name: 'a' });
  await begun;
  expect(await post({ name: 'a' })).toMatchObject({
    status: 409,
    body: { type: 'urn:corridor-watch:problem:idempotency_key_in_use' },
  });
  finish(undefined);
  expect((await first).status).toBe(201);
  expect((await post({ name: 'a' })).headers['idempotent-replayed']).toBe('true');
});

it('lets a request that failed be repeated', async () => {
  scene.workshop.make = () => Promise.reject(new Error('the workshop is on fire'));
  expect((await post({ name: 'a' })).status).toBe(500);
  scene.workshop.make = () => Promise.resolve();
  const second = await post({ name: 'a' });
  expect(second.status).toBe(201);
  expect(second.headers['idempotent-replayed']).toBeUndefined();
});

describe('when its own note cannot be written, tells the client what came of the work', () => {
  let holder: PoolClient;

  beforeEach(async () => {
    holder = await scene.pool.connect();
  });

  afterEach(async () => {
    await holder.query('ROLLBACK');
    holder.release();
  });

  /** Another session holds the row for longer than anyone waits for a lock. */
  async function holdTheNote(): Promise<void> {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM access.idempotent_answer WHERE idempotency_key = $1 FOR UPDATE', [
      idempotencyKey,
    ]);
  }

  it('that it succeeded', async () => {
    scene.workshop.make = holdTheNote;
    expect(await post({ name: 'a' })).toMatchObject({ status: 201, body: { body: { name: 'a' } } });
  });

  it('that it failed, and how', async () => {
    scene.workshop.make = async () => {
      await holdTheNote();
      throw Object.assign(new Error('The ledger is full.'), { code: 'ledger_unavailable' });
    };
    expect((await post({ name: 'a' })).status).toBe(503);
  });
});

it('keeps the keys of one caller apart from those of another', async () => {
  const first = await post({ name: 'a' });
  const other = `Bearer ${(await scene.issue('statements:write')).key}`;
  const answer = await post({ name: 'a' }, { authorization: other });
  expect(answer.headers['idempotent-replayed']).toBeUndefined();
  expect(answer.body).not.toEqual(first.body);
});

it('gives a stored answer however the scheme of the key is written, but to no later admin key', async () => {
  const [first, second] = [newKey(), newKey()];
  await setAdminKey(scene.pool, first);
  expect((await post({}, { authorization: `Bearer ${first}` })).status).toBe(201);
  const again = await post({}, { authorization: `bearer ${first}` });
  expect(again.headers['idempotent-replayed']).toBe('true');
  await setAdminKey(scene.pool, second);
  expect((await post({}, { authorization: `Bearer ${second}` })).status).toBe(422);
});

it('forgets an answer after a day, and a request that was never answered after two minutes', async () => {
  const age = (interval: string) =>
    scene.pool.query(
      'UPDATE access.idempotent_answer SET begun_at = now() - $2::interval WHERE idempotency_key = $1',
      [idempotencyKey, interval],
    );
  const replayed = async () => (await post({})).headers['idempotent-replayed'];
  await post({});
  await age('23 hours');
  expect(await replayed()).toBe('true');
  await age('25 hours');
  expect(await replayed()).toBeUndefined();

  await scene.pool.query('UPDATE access.idempotent_answer SET status = NULL WHERE idempotency_key = $1', [
    idempotencyKey,
  ]);
  expect((await post({})).status).toBe(409);
  await age('3 minutes');
  expect((await post({})).status).toBe(201);
});

it('stores nothing of an answer in the clear', async () => {
  const { body } = await post({ name: 'a plain name' });
  const { secret } = body as { secret: string };
  const { rows } = await scene.pool.query<{ body: Buffer }>(
    'SELECT body FROM access.idempotent_answer WHERE idempotency_key = $1',
    [idempotencyKey],
  );
  expect(rows[0]?.body.length).toBeGreaterThan(20);
  expect(rows[0]?.body.includes(secret)).toBe(false);
  expect(rows[0]?.body.includes('a plain name')).toBe(false);
});

it.each([
  ['of two words', 'two words'],
  ['of more than 200 characters', 'a'.repeat(201)],
  ['beyond ASCII', 'ü'],
])('refuses an idempotency key %s', async (_, key) => {
  expect(await post({}, { idempotencyKey: key })).toMatchObject({
    status: 400,
    body: { type: 'urn:corridor-watch:problem:bad_idempotency_key' },
  });
});
