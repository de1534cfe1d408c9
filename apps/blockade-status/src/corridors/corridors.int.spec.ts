import { coded, lapsed, registered } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';

interface CorridorPage {
  readonly items: readonly { id: string; stale: boolean; status: string }[];
  readonly next: string | null;
}

const today = new Date().toISOString().slice(0, 10);
let scene: StatusScene;

beforeAll(async () => {
  scene = await statusScene();
  await scene.record(
    registered('heron-pass', {
      geometry: {
        type: 'LineString',
        coordinates: [
          [46, 39],
          [47, 40],
        ],
      },
    }),
    registered('crane-pass', { geometry: { type: 'Point', coordinates: [-179, 10] }, parties: ['Eastmark'] }),
    registered('stork-pass', { baseline: null }),
    coded({ name: 'old', corridor: 'heron-pass', on: '2023-02-01', status: 'blocked' }),
    lapsed('heron-pass', '2023-02-16', '2023-02-01'),
    coded({ name: 'fresh', corridor: 'crane-pass', on: today, status: 'blocked' }),
    coded({
      name: 'denied',
      corridor: 'crane-pass',
      on: today,
      status: 'open',
      speaker: 'Northmark',
      type: 'denial',
    }),
  );
  await scene.settled();
});

afterAll(() => scene.close());

async function ids(query: string): Promise<readonly string[]> {
  const { status, body } = await scene.get<CorridorPage>(`/v1/corridors?${query}`);
  expect(status).toBe(200);
  return body.items.map(({ id }) => id);
}

it.each([
  ['', ['crane-pass', 'heron-pass', 'stork-pass']],
  ['status=blocked', ['crane-pass', 'heron-pass']],
  ['status=unknown', ['stork-pass']],
  ['status=restricted', []],
  ['stale=true', ['heron-pass']],
  ['stale=false', ['crane-pass', 'stork-pass']],
  ['disputed=true', ['crane-pass']],
  ['disputed=false&status=blocked', ['heron-pass']],
  ['bbox=46.4,39.4,46.6,39.6', ['heron-pass']],
  ['bbox=46.4,39.7,46.5,39.8', []],
  ['bbox=170,0,-170,20', ['crane-pass']],
  ['bbox=-180,-90,180,90&limit=1', ['crane-pass']],
  ['party=northmark', ['heron-pass', 'stork-pass']],
  ['party=Eastmark&bbox=-180,-90,180,90', ['crane-pass']],
])('lists the corridors for ?%s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

it('says of each item what the filter goes by', async () => {
  const { body } = await scene.get<CorridorPage>('/v1/corridors');
  expect(body.items.filter(({ stale }) => stale).map(({ id }) => id)).toEqual(await ids('stale=true'));
});

it('lists them in pages', async () => {
  const { body } = await scene.get<CorridorPage>('/v1/corridors?limit=2');
  expect(body.items).toHaveLength(2);
  expect(await ids(`limit=2&cursor=${body.next ?? ''}`)).toEqual(['stork-pass']);
});

it('tells a corridor by its id, with its definition and its state', async () => {
  const { body } = await scene.get('/v1/corridors/heron-pass');
  expect(body).toMatchObject({
    id: 'heron-pass',
    name: 'Heron Pass',
    parties: ['Northmark', 'Southmark'],
    status: 'blocked',
    since: '2023-02-01',
    asOf: { position: expect.any(Number) as number },
  });
});

it.each([
  ['/v1/corridors?disputed=maybe', '/disputed'],
  ['/v1/corridors?status=shut', '/status'],
  ['/v1/corridors?bbox=1,2,3', '/bbox'],
  ['/v1/corridors?bbox=10,20,30,10', '/bbox'],
  ['/v1/corridors?party=', '/party'],
  ['/v1/corridors/Heron%20Pass', '/corridor'],
])('refuses %s, naming the parameter', async (url, pointer) => {
  expect(await scene.get(url)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
});
