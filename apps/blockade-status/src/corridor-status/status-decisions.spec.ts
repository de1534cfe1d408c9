import { isClaimEvent } from '#claims';
import { type RecordedEvent } from '#events';
import { type NewEvent } from '#ledger';
import { turnsChanged } from '#status';
import {
  amended,
  assessed,
  claimOf,
  coded,
  lapsed,
  recoded,
  regraded,
  registered,
  retracted,
  told,
} from '../../test/reports.ts';
import { claimVersions, noChange } from './claim-versions.ts';
import { type CorridorEvidence, type EvidenceEvent, learn } from './corridor-evidence.ts';
import { decisionsOn, type StatusDecided } from './status-decisions.ts';
import { shippedRules } from './status-rules.ts';

const corridor = 'heron-pass';
const report = (name: string, on: string, status: 'open' | 'restricted' | 'blocked', speaker = 'ICRC') =>
  coded({ name, corridor, on, status, speaker });

/** What each of the events decides after a corridor with an open road was registered. */
function decisionsAfterEach(...events: readonly NewEvent[]): readonly (readonly StatusDecided[])[] {
  const recorded = [registered(corridor), ...events].map(
    (event, index) => ({ ...event, position: index + 1 }) as unknown as EvidenceEvent & RecordedEvent,
  );
  const { changes } = claimVersions(new Map(), recorded.filter(isClaimEvent));
  let evidence: CorridorEvidence | null = null;
  return recorded
    .map((event) => {
      const before = evidence;
      evidence = learn(before, event, changes.get(event.position) ?? noChange, shippedRules);
      if (before === null || evidence === null) return [];
      return decisionsOn(before, evidence, turnsChanged(before.book, evidence.book), event);
    })
    .slice(1);
}

function decided(...events: readonly NewEvent[]): readonly StatusDecided[] {
  return decisionsAfterEach(...events).at(-1) ?? [];
}

it('tells a change of the latest status, with its cause and the rules', () => {
  expect(decided(report('shut', '2023-02-01', 'blocked'))).toMatchObject([
    {
      type: 'CorridorStatusChanged',
      validFrom: '2023-02-01',
      payload: {
        from: 'open',
        to: 'blocked',
        since: '2023-02-01',
        flows: { civilians: 'blocked' },
        causedBy: 2,
        causedByType: 'StatementCoded',
        rule: 'status-rules/2',
        evidence: [{ stance: 'for', day: '2023-02-01' }],
      },
    },
  ]);
});

it('decides nothing where the same is said again', () => {
  expect(decided(report('shut', '2023-02-01', 'blocked'), report('again', '2023-02-02', 'blocked'))).toEqual(
    [],
  );
});

it('tells days that a late report corrects, and no change where the latest status stays', () => {
  const decisions = decided(
    report('shut', '2023-02-01', 'blocked'),
    report('open', '2023-02-20', 'open'),
    report('late', '2023-02-10', 'open'),
  );
  expect(decisions).toMatchObject([
    {
      type: 'CorridorStatusCorrected',
      validFrom: '2023-02-10',
      payload: {
        causedBy: 4,
        replacedCount: 1,
        replaced: [
          { from: '2023-02-10', to: '2023-02-19', was: { status: 'blocked' }, now: { status: 'open' } },
        ],
      },
    },
  ]);
});

it('tells both where one event does both', () => {
  const decisions = decided(report('shut', '2023-02-01', 'blocked'), retracted('shut', corridor));
  expect(decisions).toMatchObject([
    { type: 'CorridorStatusChanged', payload: { from: 'blocked', to: 'open' } },
    {
      type: 'CorridorStatusCorrected',
      payload: { replaced: [{ from: '2023-02-01', to: '2023-02-01' }], replacedCount: 1 },
    },
  ]);
});

it('corrects no day after the last evidence, which was gone on with and not decided', () => {
  const late = told(
    { name: 'late', corridor, on: '2023-02-09' },
    {
      status: 'open',
      effect: 'opened',
      validFrom: '2023-02-05',
      quote: 'The pass was opened on 5 February.',
    },
  );
  expect(decided(report('shut', '2023-02-01', 'blocked'), late)).toMatchObject([
    { type: 'CorridorStatusChanged', payload: { to: 'open', since: '2023-02-05' } },
  ]);
});

it('corrects a flow where the headline stays', () => {
  const passed = told(
    { name: 'convoy', corridor, on: '2023-02-08' },
    {
      type: 'incident',
      status: null,
      effect: 'passed',
      flows: ['aid_cargo'],
      validFrom: '2023-02-03',
      quote: 'A convoy of the ICRC passed on 3 February.',
    },
  );
  const [correction] = decided(
    report('shut for most', '2023-02-01', 'restricted'),
    report('still', '2023-02-04', 'restricted'),
    told({ name: 'aid', corridor, on: '2023-02-02' }, { flows: ['aid_cargo'] }),
    passed,
  );
  expect(correction).toMatchObject({
    type: 'CorridorStatusCorrected',
    payload: { replaced: [{ was: { status: 'restricted', flows: { aid_cargo: 'blocked' } } }] },
  });
});

it.each([
  [
    'an assessment',
    assessed(corridor, 'seen', { validFrom: '2023-02-10', status: 'restricted' }),
    'restricted',
  ],
  // A party alone does not open a road.
  ['an amendment', amended(corridor, { parties: ['ICRC'] }), 'blocked'],
  ['a regrading', regraded(corridor, 'E', 'ICRC'), 'blocked'],
])('tells the days that %s corrects', (_what, event, now) => {
  const herald = { publisher: 'Valley Herald' };
  const [correction] = decided(
    told({ name: 'shut', corridor, on: '2023-02-10' }, { speaker: 'OSCE' }, herald),
    report('open', '2023-02-10', 'open'),
    report('later', '2023-02-20', 'open', 'OSCE'),
    event,
  );
  expect(correction).toMatchObject({
    type: 'CorridorStatusCorrected',
    payload: { causedByType: event.type, replaced: [{ from: '2023-02-10', now: { status: now } }] },
  });
});

it('time alone changes the status in the end, and corrects nothing', () => {
  const shut = report('shut', '2023-02-01', 'blocked');
  const [, stale, unknown] = decisionsAfterEach(
    shut,
    lapsed(corridor, '2023-02-16', '2023-02-01'),
    lapsed(corridor, '2023-03-02', '2023-02-01', 'unknown'),
  );
  expect(stale).toEqual([]);
  expect(unknown).toMatchObject([
    {
      type: 'CorridorStatusChanged',
      payload: { from: 'blocked', to: 'unknown', stale: true, causedByType: 'FreshnessLapsed' },
    },
  ]);
});

it('keeps to a hundred runs, and says how many there are', () => {
  const dayOf = (index: number) => new Date(Date.UTC(2023, 0, 1 + index)).toISOString().slice(0, 10);
  const indexes = Array.from({ length: 120 }, (_, index) => index);
  const opened = indexes.map((index) => report(`open ${index}`, dayOf(4 * index), 'open'));
  const shut = indexes.map((index) => ({
    ...claimOf({ name: `shut ${index}`, status: 'blocked' }),
    validFrom: dayOf(4 * index + 2),
  }));
  const decisions = decided(
    ...opened,
    recoded({ name: 'shut', corridor, on: dayOf(480) }, ...shut),
    retracted('shut', corridor),
  );
  const correction = decisions.find(({ type }) => type === 'CorridorStatusCorrected');
  expect(correction?.payload).toMatchObject({ replacedCount: 120 });
  expect((correction?.payload as { replaced: unknown[] }).replaced).toHaveLength(100);
});
