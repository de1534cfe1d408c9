import { corridorInputAt } from './corridor.input.ts';
import { defaultCorridors } from './default-corridors.ts';

/** In Baku it is the second of May already. */
const now = new Date('2023-05-01T21:00:00Z');

function faultsIn(more: object): readonly string[] {
  const parsed = corridorInputAt(now).safeParse({ name: 'Heron Pass', ...more });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => `/${path.join('/')}`);
}

it('takes a corridor that gives nothing but its name, and knows when its status grows stale', () => {
  expect(corridorInputAt(now).parse({ name: 'Heron Pass' })).toMatchObject({
    primaryFlows: null,
    freshnessDays: { contested: 3, stable: 14 },
  });
});

it.each([
  ['one limit of two', { freshnessDays: { contested: 7 } }],
  ['the same limit for both', { freshnessDays: { contested: 5, stable: 5 } }],
  ['a corridor for peacekeepers alone', { primaryFlows: ['peacekeepers'] }],
  ['a beginning without knowledge', { baseline: { status: 'unknown', since: '2023-01-01' } }],
  [
    'a beginning today, where it is',
    { baseline: { status: 'open', since: '2023-05-02' }, timezone: 'Asia/Baku' },
  ],
])('takes %s', (_, more) => {
  expect(faultsIn(more)).toEqual([]);
});

it.each([
  ['a beginning tomorrow', { baseline: { status: 'open', since: '2023-05-02' } }, '/baseline/since'],
  ['a beginning without a day', { baseline: { status: 'open' } }, '/baseline/since'],
  ['a beginning without a status', { baseline: { since: '2023-01-01' } }, '/baseline/status'],
  ['an unknown status', { baseline: { status: 'shut', since: '2023-01-01' } }, '/baseline/status'],
  ['a beginning that is a word', { baseline: 'open' }, '/baseline'],
  ['fresh for longer while contested', { freshnessDays: { contested: 15 } }, '/freshnessDays/contested'],
  ['never fresh', { freshnessDays: { contested: 0 } }, '/freshnessDays/contested'],
  ['an unknown flow', { primaryFlows: ['civilians', 'tourists'] }, '/primaryFlows/1'],
  ['a flow twice', { primaryFlows: ['staff', 'civilians', 'staff'] }, '/primaryFlows/2'],
  [
    'a beginning in a time zone that there is not',
    { baseline: { status: 'open', since: '2023-01-01' }, timezone: 'Moon/Copernicus' },
    '/timezone',
  ],
  ['no primary flow', { primaryFlows: [] }, '/primaryFlows'],
])('refuses %s by its place', (_, more, pointer) => {
  expect(faultsIn(more)).toEqual([pointer]);
});

it('takes the corridors that ship with the product', () => {
  for (const { id: _id, ...definition } of defaultCorridors as { id: string }[])
    expect(faultsIn(definition)).toEqual([]);
});
