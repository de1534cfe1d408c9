import { valleyReference } from './reference.fixture.ts';
import { daysOfReference, referenceTimeline } from './reference.timeline.ts';

it('has a day for each day of a segment, both ends included', () => {
  const days = daysOfReference(valleyReference()).map(({ day, status }) => `${day} ${status}`);
  expect(days).toHaveLength(10);
  expect([days[0], days[3], days[6], days[9]]).toEqual([
    '2023-01-01 open',
    '2023-01-04 blocked',
    '2023-01-07 blocked',
    '2023-01-10 restricted',
  ]);
});

it.each([
  ['segments.0.to', { segments: [{ from: '2023-01-02', to: '2023-01-01', status: 'open' }] }],
  ['segments.0.status', { segments: [{ from: '2023-01-01', to: '2023-01-01', status: 'shut' }] }],
  ['segments.0.from', { segments: [{ from: '2023-02-30', to: '2023-03-01', status: 'open' }] }],
  [
    'segments.0.accept.open',
    { segments: [{ from: '2023-01-01', to: '2023-01-01', status: 'blocked', accept: { open: 2 } }] },
  ],
  ['segments', { segments: [] }],
  ['disputed.0.claims', { disputed: [{ date: '2023-01-01', speaker: 'a', claim: 'b', source: '' }] }],
])('refuses a wrong %s', (field, more) => {
  const { error } = referenceTimeline.safeParse({ ...valleyReference(), ...more });
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
});
