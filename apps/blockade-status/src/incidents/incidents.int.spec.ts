import { type Claim } from '#events';
import { registered, retracted, told } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';

interface GroupPage {
  readonly items: readonly { id: string; day: string; reports: readonly { publisher: string }[] }[];
  readonly next: string | null;
  readonly asOf: { position: number };
}

const corridor = 'heron-pass';
const convoy: Partial<Claim> = {
  type: 'incident',
  status: null,
  effect: 'passed',
  flows: ['aid_cargo'],
  actor: 'ICRC',
  quote: 'A convoy of 12 trucks passed the bridge.',
};
const hunger: Partial<Claim> = { type: 'impact', status: null, quote: 'The shops have no bread.' };

let scene: StatusScene;
let before: number;

beforeAll(async () => {
  scene = await statusScene();
  await scene.record(
    // Four hours ahead of UTC: a report of the evening is one of the next day there.
    registered(corridor, { timezone: 'Asia/Dubai' }),
    told({ name: 'convoy', corridor, on: '2023-02-01' }, convoy),
    told(
      { name: 'retold', corridor, on: '2023-02-03' },
      { ...convoy, validFrom: '2023-02-01', speaker: 'Northmark' },
      { publisher: 'Hill Post' },
    ),
    told(
      { name: 'stopped', corridor, on: '2023-02-01' },
      { ...convoy, effect: 'turned_back', flows: ['civilians'] },
      { publishedAt: '2023-02-01T21:00:00Z' },
    ),
    told({ name: 'perhaps', corridor, on: '2023-02-02' }, { ...convoy, modality: 'conditional' }),
    told({ name: 'status', corridor, on: '2023-02-02' }, { effect: 'closed' }),
    told({ name: 'hunger', corridor, on: '2023-02-04' }, hunger),
    told({ name: 'cold', corridor, on: '2023-02-05' }, { ...hunger, flows: ['medical_evacuation'] }),
  );
  before = await scene.settled();
  await scene.record(retracted('retold', corridor), retracted('cold', corridor));
  await scene.settled();
});

afterAll(() => scene.close());

async function page(query: string): Promise<GroupPage> {
  const { status, body } = await scene.get<GroupPage>(`/v1/corridors/${corridor}/${query}`);
  expect(status).toBe(200);
  return body;
}

async function days(query: string): Promise<readonly string[]> {
  return (await page(query)).items.map(({ day, reports }) => `${day}: ${reports.length}`);
}

it.each([
  ['incidents', ['2023-02-02: 1', '2023-02-01: 1']],
  ['incidents?effect=passed', ['2023-02-01: 1']],
  ['incidents?flow=civilians', ['2023-02-02: 1']],
  ['incidents?from=2023-02-02', ['2023-02-02: 1']],
  ['incidents?to=2023-02-01', ['2023-02-01: 1']],
  ['incidents?validAt=2023-02-01', ['2023-02-01: 1']],
  ['impacts', ['2023-02-04: 1']],
  ['impacts?to=2023-02-03', []],
])('lists by local day for %s', async (query, expected) => {
  expect(await days(query)).toEqual(expected);
});

it('puts the reports of one incident together, with who tells it', async () => {
  const { items, asOf } = await page(`incidents?knownAt=${before}&effect=passed`);
  expect(asOf.position).toBe(before);
  expect(items).toMatchObject([
    {
      day: '2023-02-01',
      effect: 'passed',
      flows: ['aid_cargo'],
      actors: ['ICRC'],
      publishers: ['Hill Post', 'ICRC'],
      speakers: ['ICRC', 'Northmark'],
      independentSourceCount: 2,
      reportCount: 2,
      reports: [
        { publishedAt: '2023-02-01T08:00:00Z', quote: convoy.quote, actor: 'ICRC' },
        { publisher: 'Hill Post' },
      ],
    },
  ]);
});

it('tells a reader of the time before what was retracted since', async () => {
  expect(await days(`impacts?knownAt=${before}`)).toEqual(['2023-02-05: 1', '2023-02-04: 1']);
});

it('gives every incident once over its pages', async () => {
  const first = await page('incidents?limit=1');
  const second = await page(`incidents?limit=1&cursor=${first.next ?? ''}`);
  expect([first, second].flatMap(({ items }) => items.map(({ day }) => day))).toEqual([
    '2023-02-02',
    '2023-02-01',
  ]);
  expect(second.next).toBeNull();
  expect((await scene.get(`/v1/corridors/${corridor}/impacts?cursor=${first.next ?? ''}`)).status).toBe(400);
});

it.each([
  ['incidents?flow=boats', '/flow'],
  ['incidents?effect=slowed', '/effect'],
  ['incidents?from=soon', '/from'],
  ['incidents?validAt=2999-01-01', '/validAt'],
  ['impacts?effect=passed', '/effect'],
  ['impacts?to=soon', '/to'],
])('refuses %s, naming the parameter', async (query, pointer) => {
  expect(await scene.get(`/v1/corridors/${corridor}/${query}`)).toMatchObject({
    status: 400,
    body: { errors: [{ pointer }] },
  });
});

it.each(['incidents', 'impacts'])('knows no %s of an unknown corridor', async (list) => {
  expect((await scene.get(`/v1/corridors/nowhere/${list}`)).status).toBe(404);
});
