import { derivedDays, valleyReference } from './reference.fixture.ts';
import { followedClaims, scoreTimeline } from './timeline.scorer.ts';

it('gives a timeline that equals the reference full marks', () => {
  expect(scoreTimeline(valleyReference(), derivedDays('ooobbbbrrr'))).toEqual({
    corridor: 'valley-road',
    days: 10,
    missingDays: 0,
    perStatus: 1,
    plain: 1,
    statuses: {
      open: { days: 3, credit: 1 },
      blocked: { days: 4, credit: 1 },
      restricted: { days: 3, credit: 1 },
    },
    changes: { expected: 2, derived: 2, hits: 2, precision: 1, recall: 1, f1: 1 },
    flows: null,
    disputedNotFollowed: null,
  });
});

it('counts every status the same, however many days it has, and gives part credit where it is due', () => {
  const { perStatus, plain, statuses } = scoreTimeline(valleyReference(), derivedDays('rrrrrrrrrr'));
  expect(statuses).toMatchObject({
    open: { credit: 0 },
    blocked: { credit: 0.5 },
    restricted: { credit: 1 },
  });
  expect({ perStatus, plain }).toEqual({ perStatus: 0.5, plain: 0.5 });
});

it('gives no credit for a day that was not derived, and counts it', () => {
  const { missingDays, statuses } = scoreTimeline(valleyReference(), derivedDays('ooobb'));
  expect(missingDays).toBe(5);
  expect(statuses).toMatchObject({ blocked: { days: 4, credit: 0.5 }, restricted: { days: 3, credit: 0 } });
});

it('leaves days out that the sources do not fix, but for the changes', () => {
  const reference = valleyReference({
    segments: [
      { from: '2023-01-01', to: '2023-01-03', status: 'open' },
      { from: '2023-01-04', to: '2023-01-10', status: 'blocked', score: false },
    ],
  });
  const { days, perStatus, changes } = scoreTimeline(reference, derivedDays('oooooooooo'));
  expect({ days, perStatus }).toEqual({ days: 3, perStatus: 1 });
  expect(changes).toMatchObject({ expected: 1, derived: 0, recall: 0 });
});

it('takes flows strictly, and a flow that is not told for wrong', () => {
  const reference = valleyReference({
    segments: [
      {
        from: '2023-01-01',
        to: '2023-01-02',
        status: 'restricted',
        accept: { blocked: 0.5 },
        flows: { civilians: 'blocked', aid_cargo: 'restricted' },
      },
    ],
  });
  const derived = [
    { day: '2023-01-01', status: 'restricted', flows: { civilians: 'blocked', aid_cargo: 'blocked' } },
    { day: '2023-01-02', status: 'restricted', flows: { civilians: 'blocked' } },
  ];
  expect(scoreTimeline(reference, derived).flows).toBe(0.5);
});

it('names the disputed claims that were followed, and passes over those that say what the reference says', () => {
  const claim = { speaker: 'A party', claim: 'it is so', source: 'https://example.org/a' };
  const reference = valleyReference({
    disputed: [
      { ...claim, date: '2023-01-04', claims: 'open' },
      { ...claim, date: '2023-01-05', claims: 'open' },
      { ...claim, date: '2023-01-06', claims: 'blocked' },
      { ...claim, date: '2024-01-01', claims: 'open' },
    ],
  });
  const derived = derivedDays('oooobbbrrr');
  expect(scoreTimeline(reference, derived).disputedNotFollowed).toBe(0.5);
  expect(followedClaims(reference, derived)).toMatchObject([{ date: '2023-01-04' }]);
});
