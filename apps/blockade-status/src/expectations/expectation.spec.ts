import fc from 'fast-check';
import { type ExpectationClaim } from './expectation-claim.ts';
import { type Expectation, expectationsOn } from './expectation.ts';

function claim(claimId: string, saidOn: string, more: Partial<ExpectationClaim> = {}): ExpectationClaim {
  return {
    claimId,
    cluster: `text ${claimId}`,
    type: 'status',
    status: 'open',
    effect: null,
    flows: [],
    modality: 'asserted',
    validFrom: null,
    speaker: 'Northmark',
    saidOn,
    publishedMs: Date.parse(saidOn),
    ...more,
  };
}

const future = { modality: 'future' } as const;
/** "The road will be open on the tenth", said on the first. */
const dated = claim('dated', '2023-02-01', { ...future, validFrom: '2023-02-10' });
const undated = claim('undated', '2023-02-01', future);
const pledge = claim('pledge', '2023-02-01', { type: 'commitment', status: null, validFrom: '2023-02-01' });
const forAid = claim('for aid', '2023-02-01', { ...future, validFrom: '2023-02-10', flows: ['aid_cargo'] });
const incident = { type: 'incident', status: null, speaker: 'ICRC' } as const;
const said = (saidOn: string, more: Partial<ExpectationClaim> = {}) => claim('news', saidOn, more);

/** How it stands with the announcement. */
function told(day: string, announced: ExpectationClaim, ...others: readonly ExpectationClaim[]) {
  return expectationsOn(day, [announced, ...others])
    .filter(({ announcement }) => announcement.claimId === announced.claimId)
    .map(({ state, metOn }) => (metOn === null ? state : `${state} ${metOn}`));
}

it.each<[string, ExpectationClaim, readonly ExpectationClaim[], string, string]>([
  ['waits for its day', dated, [], '2023-02-09', 'announced'],
  ['is due on its day', dated, [], '2023-02-10', 'due'],
  ['is due for a week', dated, [], '2023-02-16', 'due'],
  ['has lapsed seven days after its day', dated, [], '2023-02-17', 'lapsed'],
  ['is met on its day', dated, [said('2023-02-10')], '2023-02-10', 'met 2023-02-10'],
  ['is met on the last day of its week', dated, [said('2023-02-16')], '2023-03-01', 'met 2023-02-16'],
  ['is not met before its day', dated, [said('2023-02-09')], '2023-02-10', 'due'],
  ['is not met when it has lapsed', dated, [said('2023-02-17')], '2023-03-01', 'lapsed'],
  [
    'is met by a later report on its day',
    dated,
    [said('2023-03-01', { validFrom: '2023-02-11' })],
    '2023-02-12',
    'met 2023-02-11',
  ],
  ['is not met yet the day before', dated, [said('2023-02-12')], '2023-02-11', 'due'],
  ['is not met by another state', dated, [said('2023-02-10', { status: 'restricted' })], '2023-02-10', 'due'],
  ['is not met by another announcement', dated, [said('2023-02-10', future)], '2023-02-10', 'due'],
  ['is not met by a reprint', dated, [said('2023-02-11', { cluster: dated.cluster })], '2023-02-11', 'due'],
  [
    'is not met by what was said before',
    undated,
    [said('2023-01-31', { validFrom: '2023-02-02' })],
    '2023-02-03',
    'announced',
  ],
  [
    'is met by the event',
    dated,
    [said('2023-02-11', { ...incident, effect: 'opened' })],
    '2023-02-12',
    'met 2023-02-11',
  ],
  [
    'is not met by one passage',
    dated,
    [said('2023-02-11', { ...incident, effect: 'passed' })],
    '2023-02-12',
    'due',
  ],
  ['is not met for one flow', dated, [said('2023-02-11', { flows: ['aid_cargo'] })], '2023-02-12', 'due'],
  [
    'of a flow is met by its passage',
    forAid,
    [said('2023-02-11', { ...incident, effect: 'passed', flows: ['aid_cargo', 'staff'] })],
    '2023-02-12',
    'met 2023-02-11',
  ],
  [
    'of a flow is not met by the passage of another',
    forAid,
    [said('2023-02-11', { ...incident, effect: 'passed', flows: ['staff'] })],
    '2023-02-12',
    'due',
  ],
  ['of a flow is met by the whole way', forAid, [said('2023-02-11')], '2023-02-12', 'met 2023-02-11'],
  ['without a day waits for thirty days', undated, [], '2023-03-02', 'announced'],
  ['without a day has lapsed after thirty', undated, [], '2023-03-03', 'lapsed'],
  ['without a day is met by any later word', undated, [said('2023-02-02')], '2023-02-02', 'met 2023-02-02'],
  [
    'of the past has no due date',
    claim('a', '2023-02-01', { ...future, validFrom: '2023-01-01' }),
    [],
    '2023-02-20',
    'announced',
  ],
  [
    'for the same day is due at once',
    claim('a', '2023-02-01', { ...future, validFrom: '2023-02-01' }),
    [],
    '2023-02-01',
    'due',
  ],
  ['that is a pledge is not due on the day it is made', pledge, [], '2023-02-09', 'announced'],
  [
    'that is a pledge is met when the way opens',
    pledge,
    [said('2023-02-05')],
    '2023-02-09',
    'met 2023-02-05',
  ],
  [
    'to close is met by the closure',
    claim('a', '2023-02-01', { ...future, status: 'blocked' }),
    [said('2023-02-05', { ...incident, effect: 'closed' })],
    '2023-02-09',
    'met 2023-02-05',
  ],
])('an announcement %s', (_, announcement, others, day, expected) => {
  expect(told(day, announcement, ...others)).toEqual([expected]);
});

it('what was not announced yet is not expected', () => {
  expect(expectationsOn('2023-01-31', [dated, pledge])).toEqual([]);
});

it('is met by the earliest word, by its day', () => {
  const [expectation] = expectationsOn('2023-02-20', [
    dated,
    claim('second', '2023-02-12'),
    claim('first', '2023-02-13', { validFrom: '2023-02-11' }),
  ]);
  expect(expectation?.metBy?.claimId).toBe('first');
});

it('copies of one announcement are one expectation, and another word of it is another', () => {
  const copy = { ...dated, claimId: 'copy', publishedMs: dated.publishedMs + 1 };
  const otherDay = { ...copy, claimId: 'other day', validFrom: '2023-02-11' };
  const expectations = expectationsOn('2023-02-05', [copy, dated, otherDay]);
  expect(expectations.map(({ announcement, reportCount }) => [announcement.claimId, reportCount])).toEqual([
    ['other day', 1],
    ['dated', 2],
  ]);
});

const anyClaim = fc.record({
  cluster: fc.constantFrom('x', 'y', 'z'),
  type: fc.constantFrom('status', 'incident', 'commitment'),
  status: fc.constantFrom('open', 'blocked', 'restricted'),
  effect: fc.constantFrom('opened', 'passed', 'closed', null),
  flows: fc.constantFrom([], ['aid_cargo'], ['aid_cargo', 'staff']),
  modality: fc.constantFrom('asserted', 'future', 'conditional'),
  validFrom: fc.constantFrom(null, '2023-02-02', '2023-02-05'),
  saidOn: fc.constantFrom('2023-02-01', '2023-02-03', '2023-02-04'),
});

const anyClaims = fc
  .array(anyClaim, { maxLength: 10 })
  .map((all) =>
    all.map((more, index) => claim(`c${index}`, more.saidOn, { ...more, flows: [...more.flows] })),
  );

it('gives the same for any order of the claims', () => {
  const shuffled = anyClaims.chain((claims) =>
    fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length })),
  );
  fc.assert(
    fc.property(shuffled, ([claims, otherwise]) => {
      expect(expectationsOn('2023-02-06', otherwise)).toEqual(expectationsOn('2023-02-06', claims));
    }),
    { numRuns: 1_000 },
  );
});

const next: Readonly<Record<Expectation['state'], readonly Expectation['state'][]>> = {
  announced: ['announced', 'due', 'met', 'lapsed'],
  due: ['due', 'met', 'lapsed'],
  met: ['met'],
  lapsed: ['lapsed'],
};

it('what is met or lapsed stays so as the days pass', () => {
  const days = ['2023-02-01', '2023-02-04', '2023-02-05', '2023-02-09', '2023-02-12', '2023-03-20'];
  fc.assert(
    fc.property(anyClaims, (claims) => {
      const states = new Map<string, Expectation['state']>();
      return days.every((day) =>
        expectationsOn(day, claims).every(({ announcement, state }) => {
          const before = states.get(announcement.claimId) ?? 'announced';
          states.set(announcement.claimId, state);
          return next[before].includes(state);
        }),
      );
    }),
    { numRuns: 300 },
  );
});
