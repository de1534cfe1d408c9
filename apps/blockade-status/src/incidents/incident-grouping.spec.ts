import fc from 'fast-check';
import { impactsOf, incidentsOf } from './incident-grouping.ts';
import { type ToldReport } from './told-report.ts';

function report(claimId: string, more: Partial<ToldReport> = {}): ToldReport {
  return {
    claimId,
    statementId: `statement of ${claimId}`,
    cluster: `text ${claimId}`,
    day: '2023-02-01',
    effect: 'passed',
    flows: ['aid_cargo'],
    actor: 'ICRC',
    speaker: 'ICRC',
    publisher: 'Valley Herald',
    url: null,
    publishedAt: '2023-02-01T08:00:00Z',
    quote: 'A convoy of 12 trucks passed the heron bridge this morning.',
    ...more,
  };
}

/** The claims of each incident. */
function told(...reports: readonly ToldReport[]): readonly string[] {
  return incidentsOf(reports).map((incident) => incident.reports.map(({ claimId }) => claimId).join(' '));
}

it('a text and its copies tell one incident, however they quote it', () => {
  const copy = report('b', { cluster: 'text a', quote: 'Zwölf Lastwagen.' });
  expect(told(report('a'), copy)).toEqual(['a b']);
});

it('reports in nearly the same words tell one incident', () => {
  const quote = 'This morning a convoy of trucks passed the bridge, the Red Cross said.';
  expect(told(report('a'), report('b', { quote }))).toEqual(['a b']);
});

it.each<[string, Partial<ToldReport>]>([
  ['another day', { day: '2023-01-31' }],
  ['another effect', { effect: 'turned_back' }],
  ['other flows', { flows: ['aid_cargo', 'staff'] }],
  ['other words', { quote: 'Lorries were let through after a search.' }],
  ['another figure', { quote: 'A convoy of 40 trucks passed the heron bridge this morning.' }],
])('%s is another incident', (_, more) => {
  expect(told(report('a'), report('b', more))).toHaveLength(2);
});

it('the order in which a sentence names the flows does not matter', () => {
  const [one, other] = [
    report('a', { flows: ['staff', 'aid_cargo'] }),
    report('b', { flows: ['aid_cargo', 'staff'] }),
  ];
  expect(told(one, other)).toEqual(['a b']);
});

it('an incident begins with its first report, and the latest day stands first', () => {
  const incidents = [
    report('late', { publishedAt: '2023-02-03T08:00:00Z' }),
    report('early', { publishedAt: '2023-02-01T07:00:00Z' }),
    report('next day', { day: '2023-02-02' }),
  ];
  expect(told(...incidents)).toEqual(['next day', 'early late']);
  expect(incidentsOf(incidents).map(({ id }) => id)).toEqual(['next day', 'early']);
});

it.each<[string, number, readonly Partial<ToldReport>[]]>([
  ['one speaker in two papers', 1, [{ publisher: 'Hill Post' }]],
  ['copies of one text', 1, [{ cluster: 'text first', speaker: 'Northmark' }]],
  ['two speakers in texts of their own', 2, [{ speaker: 'Northmark' }]],
  ['two speakers whom a third text joins', 1, [{ speaker: 'Northmark', cluster: 'x' }, { cluster: 'x' }]],
])('counts %s as %d', (_, expected, others) => {
  const reports = [report('first'), ...others.map((more, index) => report(`other ${index}`, more))];
  expect(incidentsOf(reports)).toMatchObject([
    { reportCount: reports.length, independentSourceCount: expected },
  ]);
});

it('shows twenty reports of a flood, and counts all', () => {
  const flood = Array.from({ length: 30 }, (_, index) => report(`r${index}`, { speaker: `S${index}` }));
  const [incident] = incidentsOf(flood);
  expect(incident).toMatchObject({ reportCount: 30, independentSourceCount: 30 });
  expect(incident?.reports).toHaveLength(20);
});

it('a text and its later copies tell one impact', () => {
  const copy = report('b', { cluster: 'text a', day: '2023-02-09', publishedAt: '2023-02-09T08:00:00Z' });
  expect(impactsOf([copy, report('a'), report('c')]).map(({ id, reportCount }) => [id, reportCount])).toEqual(
    [
      ['a', 2],
      ['c', 1],
    ],
  );
});

const anyReport = fc.record({
  day: fc.constantFrom('2023-02-01', '2023-02-02'),
  cluster: fc.constantFrom('x', 'y', 'z'),
  speaker: fc.constantFrom('ICRC', 'Northmark'),
  publishedAt: fc.constantFrom('2023-02-01T08:00:00Z', '2023-02-02T08:00:00Z'),
  quote: fc.constantFrom(
    'A convoy of 12 trucks passed.',
    'A convoy of trucks passed today.',
    '40 trucks passed.',
  ),
});

it('gives the same for any order of the reports, and each report once', () => {
  const shuffled = fc
    .array(anyReport, { maxLength: 12 })
    .map((reports) => reports.map((more, index) => report(`r${index}`, more)))
    .chain((reports) =>
      fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length })),
    );
  fc.assert(
    fc.property(shuffled, ([reports, otherwise]) => {
      expect(incidentsOf(otherwise)).toEqual(incidentsOf(reports));
      expect(impactsOf(otherwise)).toEqual(impactsOf(reports));
      const told = incidentsOf(reports).flatMap((incident) => incident.reports);
      expect(told.map(({ claimId }) => claimId).sort()).toEqual(reports.map(({ claimId }) => claimId).sort());
    }),
    { numRuns: 1_000 },
  );
});
