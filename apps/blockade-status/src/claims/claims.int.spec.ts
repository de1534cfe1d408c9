import { type Claim } from '#events';
import {
  added,
  claimOf,
  coded,
  recoded,
  registered,
  retracted,
  reviewed,
  statementIdOf,
  superseded,
  told,
} from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';

interface ClaimPage {
  readonly items: readonly { statementId: string; position: number; state: string; quote: string }[];
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
  const road = 'teal-road';
  const on = '2023-02-01';
  await scene.record(
    // Four hours ahead of UTC.
    registered(road, { timezone: 'Asia/Dubai' }),
    told({ name: 'evening', corridor: road, on }, {}, { publishedAt: '2023-02-01T19:59:00Z' }),
    told(
      { name: 'convoy', corridor: road, on },
      { type: 'incident', status: null, effect: 'turned_back', flows: ['aid_cargo', 'staff'], actor: 'ICRC' },
      { publisher: 'Valley Herald', cluster: statementIdOf('agency') },
    ),
    told({ name: 'night', corridor: road, on }, {}, { publishedAt: '2023-02-01T20:00:00Z' }),
    told(
      { name: 'late', corridor: road, on: '2023-03-01' },
      { status: 'restricted', flows: ['aid_cargo'], validFrom: '2023-01-31' },
    ),
    told(
      { name: 'coming', corridor: road, on: '2023-02-02' },
      { modality: 'future', validFrom: '2023-02-02' },
    ),
  );
  beforeRetraction = await scene.settled();
  await scene.record(retracted('b', corridor));
  await scene.settled();
});

afterAll(() => scene.close());

async function names(query: string, road = corridor): Promise<readonly string[]> {
  const { status, body } = await scene.get<ClaimPage>(`/v1/corridors/${road}/claims?${query}`);
  expect(status).toBe(200);
  const all = ['a', 'b', 'c', 'd', 'elsewhere', 'evening', 'convoy', 'night', 'late', 'coming'];
  const known = new Map(all.map((name) => [statementIdOf(name), name]));
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

it.each([
  ['status=restricted', ['late']],
  ['flow=aid_cargo', ['late', 'convoy']],
  ['effect=turned_back', ['convoy']],
  ['publisher=Valley%20Herald', ['convoy']],
  [`cluster=${statementIdOf('agency')}`, ['convoy']],
  ['effect=turned_back&flow=civilians', []],
  // Published by the end of that day at the road, or speaking of that day or one before.
  ['validAt=2023-01-31', ['late']],
  ['validAt=2023-02-01', ['late', 'convoy', 'evening']],
  ['validAt=2023-02-01T19:59:00Z', ['late', 'convoy', 'evening']],
  ['validAt=2023-02-01T20:00:00Z', ['coming', 'late', 'night', 'convoy', 'evening']],
])('lists the claims of another road for ?%s', async (query, expected) => {
  expect(await names(query, 'teal-road')).toEqual(expected);
});

it('shows what a claim says of flows, who did what, which texts it is a copy of, and how it stands', async () => {
  const { body } = await scene.get('/v1/corridors/teal-road/claims?effect=turned_back');
  expect(body).toMatchObject({
    items: [
      {
        flows: ['aid_cargo', 'staff'],
        effect: 'turned_back',
        actor: 'ICRC',
        cluster: statementIdOf('agency'),
        state: 'standing',
        review: 'pending',
      },
    ],
  });
});

it('marks what was retracted, but not for a reader of the time before', async () => {
  const states = async (query: string) => {
    const { body } = await scene.get<ClaimPage>(`${path}?${query}`);
    return { as: body.asOf.position, states: body.items.map(({ state }) => state) };
  };
  expect(await states('')).toMatchObject({ states: ['standing', 'standing', 'retracted', 'standing'] });
  expect(await states(`knownAt=${beforeRetraction}`)).toEqual({
    as: beforeRetraction,
    states: ['standing', 'standing', 'standing', 'standing'],
  });
});

it('shows each claim once, as people and later codings left it, and as it was before', async () => {
  const told = async (query = '') => {
    const { body } = await scene.get<{ items: { speaker: string; state: string; review: string }[] }>(
      `/v1/corridors/reed-pass/claims${query}`,
    );
    return body.items.map(({ speaker, state, review }) => `${speaker} ${state} ${review}`).sort();
  };
  const statement = { name: 'reeds', corridor: 'reed-pass', on: '2023-02-01' };
  const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((speaker) =>
    claimOf({ name: `reeds ${speaker}`, status: 'blocked', speaker }),
  ) as [Claim, Claim, Claim, Claim];
  await scene.record(registered('reed-pass'), recoded(statement, a, b, c));
  const first = await scene.settled();
  await scene.record(
    reviewed(statement, 'confirm', a),
    reviewed(statement, 'reject', b),
    added(statement, d),
    recoded(statement, b),
  );
  const second = await scene.settled();
  await scene.record(superseded('reeds', 'reed-pass'), reviewed(statement, 'confirm', b));
  await scene.settled();
  expect(await told(`?knownAt=${first}`)).toEqual([
    'A standing pending',
    'B standing pending',
    'C standing pending',
  ]);
  expect(await told(`?knownAt=${second}`)).toEqual([
    'A standing confirmed',
    'B rejected rejected',
    'C replaced pending',
    'D standing added',
  ]);
  expect(await told()).toEqual([
    'A superseded confirmed',
    'B rejected rejected',
    'C replaced pending',
    'D superseded added',
  ]);
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
  ['status=unknown', '/status'],
  ['flow=boats', '/flow'],
  ['effect=slowed', '/effect'],
  ['publisher=', '/publisher'],
  ['cluster=7', '/cluster'],
  ['validAt=soon', '/validAt'],
  ['validAt=2999-01-01', '/validAt'],
  ['validAt=2019-12-31', '/validAt'],
  ['knownAt=soon', '/knownAt'],
  ['knownAt=2999-01-01', '/knownAt'],
  ['knownAt=100000', '/knownAt'],
])('refuses ?%s, naming the parameter', async (query, pointer) => {
  expect(await scene.get(`${path}?${query}`)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
});

it('finds claims by what they say, and by nothing else', async () => {
  const { rows } = await scene.pool.query(`
    SELECT claim FROM blockade_status.claim
    WHERE (status, presupposed::text, modality, valid_from::text, effect, publisher, cluster::text, to_json(flows)::text)
      IS DISTINCT FROM (claim ->> 'status', claim ->> 'presupposed', claim ->> 'modality', claim ->> 'validFrom',
        claim ->> 'effect', claim ->> 'publisher', claim ->> 'cluster', claim ->> 'flows')`);
  expect(rows).toEqual([]);
});

it('knows no claims of an unknown corridor', async () => {
  expect((await scene.get('/v1/corridors/nowhere/claims')).status).toBe(404);
});
