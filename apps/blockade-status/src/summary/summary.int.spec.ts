import { type Flow } from '#events';
import { type StatusDay } from '#status';
import { coded, registered, told as reported } from '../../test/reports.ts';
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
    reported(
      { name: 'convoy', corridor, on: '2023-01-13' },
      { type: 'incident', status: null, effect: 'passed', flows: ['aid_cargo'] },
    ),
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
    days: { open: 5, restricted: 1, blocked: 2, unknown: 0 },
    changeCount: 2,
    longestBlocked: { from: '2023-01-11', to: '2023-01-12', dayCount: 2 },
    disputedDayCount: 0,
    asOf: { position: before },
  });
});

it('agrees with the timeline of the same days, day by day', async () => {
  const range = 'from=2023-01-01&to=2023-01-20';
  const { body } = await scene.get<{ items: StatusDay[] }>(
    `/v1/corridors/${corridor}/timeline?resolution=day&${range}`,
  );
  const days = body.items;
  const told = await summary(range);
  for (const status of ['open', 'restricted', 'blocked', 'unknown'] as const) {
    expect(told.days[status]).toBe(days.filter((day) => day.status === status).length);
    for (const [flow, counts] of Object.entries(told.flows)) {
      const sameFlow = days.filter(({ flows }) => (flows[flow as Flow] ?? 'unknown') === status);
      expect([flow, status, counts[status]]).toEqual([flow, status, sameFlow.length]);
    }
  }
  expect(Object.keys(told.flows)).toContain('aid_cargo');
  expect(told.changeCount).toBe(
    days.filter(({ status }, index) => index > 0 && days[index - 1]?.status !== status).length,
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
