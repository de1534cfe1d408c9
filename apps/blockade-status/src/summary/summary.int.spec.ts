import { coded, registered } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';
import { type SummaryView } from './summary.query.ts';

const corridor = 'heron-pass';
const path = `/v1/corridors/${corridor}/summary`;
let scene: StatusScene;
let before: number;

beforeAll(async () => {
  scene = await statusScene();
  await scene.record(
    registered(corridor, { baseline: { status: 'open', since: '2023-01-01' } }),
    registered('blank-pass', { baseline: null }),
    coded({ name: 'closed', corridor, on: '2023-01-11', status: 'blocked' }),
  );
  before = await scene.settled();
  await scene.record(coded({ name: 'opened', corridor, on: '2023-01-15', status: 'open' }));
  await scene.settled();
});

afterAll(() => scene.close());

async function summary(query: string): Promise<SummaryView> {
  const { status, body } = await scene.get<SummaryView>(`${path}?${query}`);
  expect(status).toBe(200);
  return body;
}

it('tells how many days the corridor was how, as known then', async () => {
  expect(await summary(`from=2023-01-06&to=2023-01-13&knownAt=${before}`)).toMatchObject({
    corridor,
    from: '2023-01-06',
    to: '2023-01-13',
    dayCount: 8,
    days: { open: 5, restricted: 0, blocked: 3, unknown: 0 },
    changeCount: 1,
    longestBlocked: { from: '2023-01-11', to: '2023-01-13', dayCount: 3 },
    disputedDayCount: 0,
    asOf: { position: before },
  });
});

it('agrees with the timeline of the same days, day by day', async () => {
  const range = 'from=2023-01-01&to=2023-01-20';
  const { body } = await scene.get<{ items: { status: string; disputed: boolean }[] }>(
    `/v1/corridors/${corridor}/timeline?resolution=day&${range}`,
  );
  const told = await summary(range);
  for (const status of ['open', 'restricted', 'blocked', 'unknown'] as const) {
    expect(told.days[status]).toBe(body.items.filter((item) => item.status === status).length);
  }
  expect(told.changeCount).toBe(
    body.items.filter(({ status }, index) => index > 0 && body.items[index - 1]?.status !== status).length,
  );
});

it('begins with the baseline and ends today when not told otherwise', async () => {
  const today = new Date().toISOString().slice(0, 10);
  expect(await summary('')).toMatchObject({ from: '2023-01-01', to: today });
  const { body } = await scene.get('/v1/corridors/blank-pass/summary');
  expect(body).toMatchObject({ from: null, to: today, dayCount: 0 });
});

it.each([
  ['from=soon', '/from'],
  ['from=2023-02-01&to=2023-01-01', '/from'],
  ['from=2999-01-01', '/from'],
  ['to=2999-01-01', '/to'],
  ['knownAt=soon', '/knownAt'],
  ['limit=5', '/limit'],
])('refuses ?%s, naming the parameter', async (query, pointer) => {
  expect(await scene.get(`${path}?${query}`)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
});

it('knows no summary of an unknown corridor', async () => {
  expect((await scene.get('/v1/corridors/nowhere/summary')).status).toBe(404);
});
