import { createAdminKeyOnce, listKeys, newKey, revokeKey, setAdminKey } from '#access';
import { accessScene, type AccessScene } from '../test/access-scene.ts';

let scene: AccessScene;

beforeAll(async () => {
  scene = await accessScene();
});

afterAll(() => scene.close());

const problem = (code: string) => ({ type: `urn:corridor-watch:problem:${code}` });

it('asks for a key where one is needed, and says how', async () => {
  expect(await scene.send('POST', { body: {} })).toMatchObject({
    status: 401,
    headers: { 'www-authenticate': 'Bearer' },
    body: problem('missing_key'),
  });
});

it.each([
  ['a key that nobody was given', `Bearer ${newKey()}`],
  ['something that is no key', 'Bearer secret'],
  ['another scheme', `Basic ${newKey()}`],
  ['a key with something behind it', `Bearer ${newKey()} and more`],
])('knows nobody by %s', async (_, authorization) => {
  expect(await scene.send('POST', { authorization, body: {} })).toMatchObject({
    status: 401,
    body: problem('unknown_key'),
  });
});

it('refuses a key of another scope, and names the scope that it lacks', async () => {
  const { key } = await scene.issue('corridors:write', 'audit:read');
  const answer = await scene.send('POST', { authorization: `Bearer ${key}`, body: {} });
  expect(answer).toMatchObject({ status: 403, body: problem('missing_scope') });
  expect((answer.body as { detail: string }).detail).toContain('"statements:write"');
});

it('opens the routes of its scope with a key, and every route with an admin key', async () => {
  const { key } = await scene.issue('statements:write');
  const { key: admin } = await scene.issue('admin');
  expect((await scene.send('POST', { authorization: `Bearer ${key}`, body: {} })).status).toBe(201);
  expect((await scene.send('POST', { authorization: `bearer ${key}`, body: {} })).status).toBe(201);
  expect((await scene.send('POST', { authorization: `Bearer ${admin}`, body: {} })).status).toBe(201);
  expect((await scene.send('DELETE', { authorization: `Bearer ${admin}` })).status).toBe(204);
});

it('refuses a revoked key from the next request on, and revokes it once', async () => {
  const { id, key } = await scene.issue('statements:write');
  const send = () => scene.send('POST', { authorization: `Bearer ${key}`, body: {} });
  expect((await send()).status).toBe(201);
  expect(await revokeKey(scene.pool, id)).toBe(true);
  expect(await send()).toMatchObject({ status: 401, body: problem('unknown_key') });
  expect(await revokeKey(scene.pool, id)).toBe(false);
  const listed = (await listKeys(scene.pool)).find((each) => each.id === id);
  expect(listed?.revokedAt).not.toBeNull();
});

it('keeps no key that could be read back', async () => {
  const { key } = await scene.issue('statements:write');
  const { rows } = await scene.pool.query('SELECT row_to_json(k)::text AS row FROM access.api_key AS k');
  expect(JSON.stringify(rows)).not.toContain(key.slice(3, 20));
});

it('makes the admin key once, and lets a given one take its place', async () => {
  const first = await createAdminKeyOnce(scene.pool);
  expect(first).toMatch(/^cw_[\w-]{43}$/);
  expect(await createAdminKeyOnce(scene.pool)).toBeNull();
  const given = newKey();
  await setAdminKey(scene.pool, given);
  const statusWith = async (key: string | null) =>
    (await scene.send('POST', { authorization: `Bearer ${key ?? ''}`, body: {} })).status;
  expect([await statusWith(first), await statusWith(given)]).toEqual([401, 201]);
  expect(await revokeKey(scene.pool, 'admin')).toBe(false);
});

it('lets everyone read while reading is public', async () => {
  expect((await scene.send('GET')).status).toBe(200);
});

it('asks for any living key to read when reading is not public', async () => {
  const closed = await accessScene({ publicRead: false });
  try {
    expect((await closed.send('GET')).status).toBe(401);
    const { key } = await closed.issue('webhooks:manage');
    expect((await closed.send('GET', { authorization: `Bearer ${key}` })).status).toBe(200);
  } finally {
    await closed.close();
  }
});
