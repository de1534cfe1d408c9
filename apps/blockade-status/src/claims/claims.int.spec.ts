import { coded, registered, retracted, statementIdOf } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';

interface ClaimPage {
  readonly items: readonly { statementId: string; position: number; retracted: boolean; quote: string }[];
  readonly next: string | null;
  readonly asOf: { position: number };
}

const corridor = 'heron-pass';
const path = `/v1/corridors/${corridor}/claims`;
let scene: StatusScene;
let beforeRetraction: number;

beforeAll(async () => {
  scene = await statusScene();
  await scene.record(
    registered(corridor),
    registered('crane-pass'),
    coded({ name: 'a', corridor, on: '2023-02-01', status: 'blocked' }),
    coded({ name: 'b', corridor, on: '2023-02-02', status: 'blocked', speaker: 'Northmark' }),
    coded({ name: 'c', corridor, on: '2023-02-03', status: 'open', type: 'demand' }),
    coded({ name: 'd', corridor, on: '2023-02-04', status: 'open', speaker: 'Northmark', type: 'denial' }),
    coded({ name: 'elsewhere', corridor: 'crane-pass', on: '2023-02-02', status: 'open' }),
  );
  beforeRetraction = await scene.settled();
  await scene.record(retracted('b', corridor));
  await scene.settled();
});

afterAll(() => scene.close());

async function names(query: string): Promise<readonly string[]> {
  const { status, body } = await scene.get<ClaimPage>(`${path}?${query}`);
  expect(status).toBe(200);
  const known = new Map(['a', 'b', 'c', 'd', 'elsewhere'].map((name) => [statementIdOf(name), name]));
  return body.items.map(({ statementId }) => known.get(statementId) ?? statementId);
}

it.each([
  ['', ['d', 'c', 'b', 'a']],
  ['type=demand', ['c']],
  ['speaker=Northmark', ['d', 'b']],
  ['speaker=Northmark&type=denial', ['d']],
  ['from=2023-02-02', ['d', 'c', 'b']],
  ['to=2023-02-03', ['b', 'a']],
  ['from=2023-02-02T08:00:00Z&to=2023-02-03T08:00:00Z', ['b']],
  ['speaker=nobody', []],
])('lists the claims for ?%s, the latest first', async (query, expected) => {
  expect(await names(query)).toEqual(expected);
});

it('marks what was retracted, but not for a reader of the time before', async () => {
  const flags = async (query: string) => {
    const { body } = await scene.get<ClaimPage>(`${path}?${query}`);
    return { as: body.asOf.position, retracted: body.items.map(({ retracted: flag }) => flag) };
  };
  expect(await flags('')).toMatchObject({ retracted: [false, false, true, false] });
  expect(await flags(`knownAt=${beforeRetraction}`)).toEqual({
    as: beforeRetraction,
    retracted: [false, false, false, false],
  });
});

it('gives every claim once over its pages', async () => {
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 10; pages += 1) {
    const { body } = await scene.get<ClaimPage>(`${path}?limit=3${cursor}`);
    seen.push(...body.items.map(({ statementId }) => statementId));
    if (body.next === null) break;
    cursor = `&cursor=${body.next}`;
  }
  expect(seen).toEqual(['d', 'c', 'b', 'a'].map(statementIdOf));
});

it('refuses a cursor that it did not give out, or gave out for another list', async () => {
  const { body } = await scene.get<ClaimPage>(`${path}?limit=1`);
  const [place = '', signature = ''] = (body.next ?? '').split('.');
  const forged = `${Buffer.from('["1","x"]').toString('base64url')}.${signature}`;
  for (const url of [
    `${path}?cursor=${forged}`,
    `${path}?cursor=${place}`,
    `${path}?cursor=nonsense`,
    `/v1/corridors/crane-pass/claims?cursor=${body.next ?? ''}`,
  ]) {
    expect(await scene.get(url)).toMatchObject({
      status: 400,
      body: { type: 'urn:corridor-watch:problem:invalid_cursor' },
    });
  }
});

it.each([
  ['from=0000-01-01', '/from'],
  ['to=soon', '/to'],
  ['type=rumour', '/type'],
  ['speaker=%00', '/speaker'],
  ['limit=0', '/limit'],
])('refuses ?%s, naming the parameter', async (query, pointer) => {
  expect(await scene.get(`${path}?${query}`)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
});

it('knows no claims of an unknown corridor', async () => {
  expect((await scene.get('/v1/corridors/nowhere/claims')).status).toBe(404);
});
