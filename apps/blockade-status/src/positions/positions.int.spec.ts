import { amended, registered, retracted, told } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';
import { type ShownClaim } from '../claims/shown-claims.reader.ts';
import { type SpeakerPosition } from './speaker-position.ts';

interface PositionPage {
  readonly items: readonly SpeakerPosition[];
  readonly next: string | null;
  readonly asOf: { position: number };
}

const corridor = 'heron-pass';
const path = `/v1/corridors/${corridor}/positions`;
const [north, south] = [{ speaker: 'Northmark' }, { speaker: 'Southmark' }];
type Words = [says: Parameters<typeof told>[1], source?: Parameters<typeof told>[2]];

let scene: StatusScene;
let before: number;

beforeAll(async () => {
  scene = await statusScene();
  const said = (quote: string, day: string, ...[says, source]: Words) =>
    told({ name: quote, corridor, on: `2023-02-${day}` }, { quote, ...says }, source);
  await scene.record(
    // Four hours ahead of UTC.
    registered(corridor, { timezone: 'Asia/Dubai' }),
    said('it is open', '01', { ...north, status: 'open' }),
    said('nothing is blocked', '02', { ...north, type: 'denial', status: 'open' }),
    said('their blockade', '05', { ...north, status: 'blocked', presupposed: true }),
    said('it will be shut', '06', { ...north, status: 'blocked', modality: 'future' }),
    said('we shall let all pass', '06', {
      ...north,
      type: 'commitment',
      status: null,
      validFrom: '2023-02-06',
    }),
    said('the ongoing blockade', '03', { ...south, presupposed: true }),
    ...[1, 2, 3, 4, 5, 6, 7].map((day) =>
      said(
        `open it, day ${day}`,
        `0${day}`,
        { ...south, type: 'demand', status: null },
        { publisher: 'Hill Post', publishedAt: `2023-02-0${day}T21:00:00Z` },
      ),
    ),
    said('a convoy passed', '04', { speaker: 'icrc', type: 'incident', status: null, effect: 'passed' }),
  );
  before = await scene.settled();
  await scene.record(
    retracted('nothing is blocked', corridor),
    amended(corridor, { timezone: 'Asia/Dubai', parties: ['Northmark'] }),
  );
  await scene.settled();
});

afterAll(() => scene.close());

async function positions(query = ''): Promise<Readonly<Record<string, SpeakerPosition>>> {
  const { status, body } = await scene.get<PositionPage>(`${path}?${query}`);
  expect(status).toBe(200);
  return Object.fromEntries(body.items.map((item) => [item.speaker, item]));
}

const quotes = (claims: readonly ShownClaim[] | undefined) => claims?.map(({ quote }) => quote);

it('tells of each speaker the latest stance that was said outright, and what it asks, promises and denies', async () => {
  const { Northmark } = await positions(`knownAt=${before}`);
  expect(Northmark).toMatchObject({
    isParty: true,
    isOperator: false,
    firstHeardOn: '2023-02-01',
    lastHeardOn: '2023-02-06',
    claimCount: 5,
    stance: { quote: 'nothing is blocked', type: 'denial', status: 'open', publisher: 'ICRC', url: null },
    demands: { count: 0, latest: [] },
    commitments: { count: 1, latest: [{ quote: 'we shall let all pass', validFrom: '2023-02-06' }] },
    denials: { count: 1, latest: [{ quote: 'nothing is blocked', publishedAt: '2023-02-02T08:00:00Z' }] },
  });
});

it('takes a word said in passing for the stance of one who says nothing outright', async () => {
  const { Southmark } = await positions();
  expect(Southmark?.stance).toMatchObject({ quote: 'the ongoing blockade', presupposed: true });
});

it('shows the last five of many, and counts all', async () => {
  const { Southmark } = await positions();
  expect(Southmark?.demands.count).toBe(7);
  expect(quotes(Southmark?.demands.latest)).toEqual([7, 6, 5, 4, 3].map((day) => `open it, day ${day}`));
  // Said in the evening in UTC, after midnight there.
  expect(Southmark?.lastHeardOn).toBe('2023-02-08');
});

it('knows who is party or operator as the definition was then, in any case', async () => {
  const roles = async (query: string) =>
    Object.values(await positions(query)).map(
      ({ speaker, isParty, isOperator }) => `${speaker} ${isParty} ${isOperator}`,
    );
  expect(new Set(await roles(`knownAt=${before}`))).toEqual(
    new Set(['Northmark true false', 'Southmark true false', 'icrc false true']),
  );
  expect(await roles('')).toContain('Southmark false false');
});

it('forgets what was retracted, but not for a reader of the time before', async () => {
  const stance = async (query: string) => (await positions(query))['Northmark']?.stance?.quote;
  expect(await stance('')).toBe('it is open');
  expect(await stance(`knownAt=${before}`)).toBe('nothing is blocked');
});

it('tells what they had said by a day', async () => {
  const then = await positions(`validAt=2023-02-02&knownAt=${before}`);
  expect(Object.keys(then).sort()).toEqual(['Northmark', 'Southmark']);
  expect(then['Southmark']).toMatchObject({ stance: null, demands: { count: 1 }, lastHeardOn: '2023-02-02' });
  expect(then['Northmark']).toMatchObject({ claimCount: 2, commitments: { count: 0, latest: [] } });
});

it('gives every speaker once over its pages', async () => {
  const first = await scene.get<PositionPage>(`${path}?limit=2`);
  const second = await scene.get<PositionPage>(`${path}?limit=2&cursor=${first.body.next ?? ''}`);
  const speakers = [first, second].flatMap(({ body }) => body.items.map(({ speaker }) => speaker));
  expect([speakers.length, new Set(speakers)]).toEqual([3, new Set(['Northmark', 'Southmark', 'icrc'])]);
  expect(second.body.next).toBeNull();
});

it.each([
  ['validAt=2999-01-01', '/validAt'],
  ['validAt=2019-01-01', '/validAt'],
  ['knownAt=0', '/knownAt'],
  ['speaker=Northmark', '/speaker'],
])('refuses ?%s, naming the parameter', async (query, pointer) => {
  expect(await scene.get(`${path}?${query}`)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
});

it('knows no positions about an unknown corridor', async () => {
  expect((await scene.get('/v1/corridors/nowhere/positions')).status).toBe(404);
});
