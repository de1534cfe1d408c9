import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';
import { registerCorridors } from './corridors-file.ts';

const heronPass = { name: 'Heron Pass', aliases: ['the heron road'], parties: ['Northmark'] };

let scene: IngestionScene;
let made = 0;
let id: string;

beforeAll(async () => {
  scene = await ingestionScene();
});

beforeEach(() => {
  id = `heron-pass-${++made}`;
});

afterAll(() => scene.close());

const put = (definition: object, headers: Record<string, string> = {}) =>
  scene.send('PUT', `/v1/corridors/${id}`, definition, headers);

const statement = (body: string, about: readonly string[] = []) =>
  scene.send<{ claims: { corridor: string }[] }>('POST', '/v1/statements', {
    publisher: 'Valley Herald',
    publishedAt: '2023-01-20',
    about,
    body,
  });

it('registers a corridor, amends it, and says which it did', async () => {
  expect(await put(heronPass)).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: { id, version: 1 },
  });
  expect(await put({ ...heronPass, name: 'Crane Pass' })).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { version: 2, name: 'Crane Pass', timezone: 'UTC' },
  });
});

it('records nothing when nothing changes, in whatever order the fields come', async () => {
  await put(heronPass);
  const head = await scene.ledger.head();
  const shuffled = Object.fromEntries(Object.entries(heronPass).reverse());
  expect(await put(shuffled)).toMatchObject({ status: 200, body: { version: 1 } });
  expect(await scene.ledger.head()).toEqual(head);
});

it('amends only the version that the caller has seen', async () => {
  await put(heronPass);
  await put({ ...heronPass, name: 'Crane Pass' }, { 'if-match': '"1"' });
  const head = await scene.ledger.head();
  expect(await put({ ...heronPass, name: 'Stork Pass' }, { 'if-match': '"1"' })).toMatchObject({
    status: 409,
    body: { type: 'urn:corridor-watch:problem:version_conflict' },
  });
  expect(await scene.ledger.head()).toEqual(head);
});

it('lets one of two win who amend the same version at once', async () => {
  await put(heronPass);
  const names = ['Crane Pass', 'Stork Pass', 'Egret Pass'];
  const answers = await Promise.all(names.map((name) => put({ ...heronPass, name }, { 'if-match': '"1"' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

it('knows a corridor for the next statement, and its new names as soon as it has them', async () => {
  expect((await statement('The Osprey highway is blocked.')).body.claims).toEqual([]);
  await put({ ...heronPass, aliases: ['Osprey highway'] });
  const first = await statement('On Friday the Osprey highway is blocked.');
  expect(first.body.claims.map(({ corridor }) => corridor)).toContain(id);
  await put({ ...heronPass, aliases: ['Osprey highway', 'Osprey causeway'] });
  const second = await statement('On Friday the Osprey causeway is blocked.');
  expect(second.body.claims.map(({ corridor }) => corridor)).toContain(id);
});

it('refuses a statement about a corridor that is not registered, by its place in the list', async () => {
  const head = await scene.ledger.head();
  expect(await statement('The road is shut.', ['nowhere'])).toMatchObject({
    status: 422,
    body: { type: 'urn:corridor-watch:problem:unknown_corridor', errors: [{ pointer: '/about/0' }] },
  });
  expect(await scene.ledger.head()).toEqual(head);
});

it('takes primary flows and limits of freshness, and gives them back', async () => {
  const more = { primaryFlows: ['civilians', 'staff'], freshnessDays: { contested: 2, stable: 30 } };
  expect(await put({ ...heronPass, ...more })).toMatchObject({ status: 201, body: more });
  expect((await scene.ledger.readStream(`corridor-${id}`))[0]?.payload).toMatchObject({ definition: more });
});

it('refuses a baseline that has not begun, by its name, and records nothing', async () => {
  const head = await scene.ledger.head();
  expect(await put({ ...heronPass, baseline: { status: 'open', since: '9000-01-01' } })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/baseline/since' }] },
  });
  expect(await scene.ledger.head()).toEqual(head);
});

it('registers none of a file in which one contradicts itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'corridors-'));
  const file = join(folder, 'corridors.json');
  const corridors = [
    { ...heronPass, id },
    { ...heronPass, id: `${id}-south`, freshnessDays: { contested: 9, stable: 2 } },
  ];
  await writeFile(file, JSON.stringify(corridors));
  await expect(registerCorridors(scene.ledger, file)).rejects.toMatchObject({
    errors: [{ pointer: '/1/freshnessDays/contested' }],
  });
  expect(await scene.ledger.readStream(`corridor-${id}`)).toEqual([]);
  await rm(folder, { recursive: true });
});

it('ships with the Lachin corridor, and registers it once', async () => {
  const history = await scene.ledger.readStream('corridor-lachin-corridor');
  expect(history.map(({ type }) => type)).toEqual(['CorridorRegistered']);
});
