import { registered, retracted, told } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';

interface ExpectationPage {
  readonly items: readonly { announcement: { quote: string }; state: string; metOn: string | null }[];
  readonly next: string | null;
}

const corridor = 'heron-pass';
const path = `/v1/corridors/${corridor}/expectations`;
let scene: StatusScene;
let before: number;

beforeAll(async () => {
  scene = await statusScene();
  const [announced, opened] = [
    { name: 'announced', corridor, on: '2023-02-01' },
    { name: 'opened', corridor, on: '2023-02-10' },
  ];
  await scene.record(
    registered(corridor),
    told(announced, {
      status: 'open',
      modality: 'future',
      validFrom: '2023-02-10',
      speaker: 'Northmark',
      quote: 'The pass will open on the tenth.',
    }),
    told(
      { name: 'pledged', corridor, on: '2023-02-03' },
      {
        type: 'commitment',
        status: null,
        speaker: 'Southmark',
        quote: 'We undertake to let all traffic pass.',
      },
    ),
    told(
      { name: 'threat', corridor, on: '2023-02-05' },
      {
        status: 'blocked',
        modality: 'conditional',
        flows: ['commercial'],
        quote: 'If lorries come, we shall shut it to them.',
      },
    ),
    told(
      { name: 'demand', corridor, on: '2023-02-05' },
      { type: 'demand', status: null, modality: 'future' },
    ),
    told(opened, { status: 'open', quote: 'The pass is open.' }, { publisher: 'Hill Post' }),
  );
  before = await scene.settled();
  await scene.record(retracted('opened', corridor));
  await scene.settled();
});

afterAll(() => scene.close());

async function states(query: string): Promise<readonly string[]> {
  const { status, body } = await scene.get<ExpectationPage>(`${path}?${query}`);
  expect(status).toBe(200);
  return body.items.map(({ announcement, state }) => `${announcement.quote.slice(0, 12)}: ${state}`);
}

it('tells what was announced, by whom, and what met it', async () => {
  const { body } = await scene.get(`${path}?validAt=2023-02-20&knownAt=${before}&state=met`);
  expect(body).toMatchObject({
    validAt: '2023-02-20',
    asOf: { position: before },
    items: [
      { kind: 'commitment', speaker: 'Southmark', expects: 'open', dueOn: null, lapsesOn: '2023-03-05' },
      {
        kind: 'status',
        speaker: 'Northmark',
        expects: 'open',
        flows: [],
        conditional: false,
        announcedOn: '2023-02-01',
        dueOn: '2023-02-10',
        lapsesOn: '2023-02-17',
        metOn: '2023-02-10',
        reportCount: 1,
        announcement: { quote: 'The pass will open on the tenth.', publisher: 'ICRC' },
        metBy: { quote: 'The pass is open.', publisher: 'Hill Post', publishedAt: '2023-02-10T08:00:00Z' },
      },
    ],
  });
});

it.each([
  ['validAt=2023-02-02', ['The pass wil: announced']],
  ['validAt=2023-02-10', ['If lorries c: announced', 'We undertake: announced', 'The pass wil: due']],
  ['', ['If lorries c: lapsed', 'We undertake: lapsed', 'The pass wil: lapsed']],
  ['state=due&validAt=2023-02-12', ['The pass wil: due']],
  ['state=met', []],
])('tells how they stand for ?%s, the latest announced first', async (query, expected) => {
  expect(await states(query)).toEqual(expected);
});

it('gives every expectation once over its pages', async () => {
  const first = await scene.get<ExpectationPage>(`${path}?limit=2`);
  const second = await scene.get<ExpectationPage>(`${path}?limit=2&cursor=${first.body.next ?? ''}`);
  expect([first, second].map(({ body }) => body.items.length)).toEqual([2, 1]);
  expect(second.body.items[0]?.announcement.quote).toBe('The pass will open on the tenth.');
  expect(second.body.next).toBeNull();
});

it.each([
  ['state=broken', '/state'],
  ['validAt=2999-01-01', '/validAt'],
  ['knownAt=soon', '/knownAt'],
])('refuses ?%s, naming the parameter', async (query, pointer) => {
  expect(await scene.get(`${path}?${query}`)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
});

it('knows no expectations of an unknown corridor', async () => {
  expect((await scene.get('/v1/corridors/nowhere/expectations')).status).toBe(404);
});
