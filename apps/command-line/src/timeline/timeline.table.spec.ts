import { referenceTimeline, scoreTimeline, statementsOf } from '#timeline-score';
import { type Received } from './instance.api.ts';
import { type TimelineEvaluation } from './timeline.evaluation.ts';
import { meanOf, timelineTable } from './timeline.table.ts';

const source = 'https://valley-herald.example/a';
const claim = { type: 'status', status: 'blocked', speaker: 'France', modality: 'asserted', rule: 'is-shut' };

function evaluation(statuses: readonly string[], received: readonly Received[] = []): TimelineEvaluation {
  const reference = referenceTimeline.parse({
    corridor: 'valley-road',
    name: 'Valley road',
    timezone: 'UTC',
    segments: [
      { from: '2023-01-01', to: '2023-01-02', status: 'open', flows: { civilians: 'open' } },
      {
        from: '2023-01-03',
        to: '2023-01-04',
        status: 'blocked',
        accept: { restricted: 0.5 },
        evidence: [{ date: '2023-01-03', fact: 'The road is shut', source }],
      },
    ],
    disputed: [{ date: '2023-01-04', speaker: 'A party', claims: 'open', claim: 'all pass', source }],
  });
  const days = statuses.map((status, index) => ({ day: `2023-01-0${index + 1}`, status }));
  const fed = statementsOf(reference).map((statement, index) => ({
    statement,
    received: received[index] ?? { revises: null, claims: [] },
  }));
  return { reference, days, fed, score: scoreTimeline(reference, days) };
}

it('tells the figures, the days that differ with the sentences around, and the disputed claims that were followed', () => {
  const table = timelineTable([evaluation(['open', 'open', 'restricted', 'open'])], false);
  expect(table).toContain('valley-road, 4 days scored, 0 missing\n2 statements, 0 of them taken for new');
  expect(table).toMatch(/^per status +0\.625$/m);
  expect(table).toMatch(/^ {2}blocked +0\.250 {2}\(2 days\)$/m);
  expect(table).toMatch(
    /^changes F1 +0\.000 {2}\(precision 0\.000, recall 0\.000; 0 of 1 found, 2 derived\)$/m,
  );
  expect(table).toContain(
    [
      '2023-01-03: expected blocked, derived restricted, credit 0.500',
      '  2023-01-03 valley-herald.example: The road is shut.',
      '2023-01-04: expected blocked, derived open, credit 0.000',
    ].join('\n'),
  );
  expect(table).toContain(
    '2023-01-01 to 2023-01-02: open, as it should be, credit 1.000\n  flows: civilians missing, expected open',
  );
  expect(table).toContain('followed: 2023-01-04 open as A party has it: all pass');
});

it('adds every statement with its claims when asked, and what else became of it', () => {
  const received: readonly Received[] = [
    { revises: null, claims: [{ ...claim, validFrom: '2023-01-02', flows: ['civilians'] }] },
    { revises: '1952f542-439f-863f-b41c-dcbef30745b9', claims: [] },
  ];
  const brief = timelineTable([evaluation(['open', 'open', 'blocked', 'blocked'], received)], false);
  expect(brief).toContain(
    '2 statements, 1 of them taken for new versions of their page; 1 claims, none in 1',
  );
  expect(brief).not.toContain('is-shut');
  const verbose = timelineTable([evaluation(['open', 'open', 'blocked', 'blocked'], received)], true);
  expect(verbose).toContain('      status blocked by France from 2023-01-02 of civilians (is-shut)');
  expect(verbose).toContain('      taken for a new version of its page\n      no claim');
});

it('puts several references side by side with their mean, and leaves out of it what has no figure', () => {
  const one = evaluation(['open', 'open', 'blocked', 'blocked']);
  const other = evaluation(['blocked', 'blocked', 'blocked', 'blocked']);
  const table = timelineTable([one, other], false);
  expect(table).toMatch(/^valley-road +1\.000 +1\.000 +1\.000 +0\.000 +1\.000$/m);
  expect(table).toMatch(/^mean +0\.750 +0\.750 +0\.500 +0\.000 +1\.000$/m);
  const { score } = one;
  expect(meanOf([score, { ...score, flows: null }])).toMatchObject({ flows: 0 });
  expect(meanOf([{ ...score, flows: null }])).toMatchObject({ flows: null });
});
