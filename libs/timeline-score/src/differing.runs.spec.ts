import { differingRuns, isAround } from './differing.runs.ts';
import { derivedDays, valleyReference } from './reference.fixture.ts';

it('joins days in a row that differ in the same way, and no others', () => {
  expect(differingRuns(valleyReference(), derivedDays('oobrobbbrr'))).toEqual([
    run('2023-01-03', '2023-01-03', 'open', 'blocked', 0),
    run('2023-01-04', '2023-01-04', 'blocked', 'restricted', 0.5),
    run('2023-01-05', '2023-01-05', 'blocked', 'open', 0),
    run('2023-01-08', '2023-01-08', 'restricted', 'blocked', 0),
  ]);
  expect(differingRuns(valleyReference(), derivedDays('ooobbbbooo'))).toEqual([
    run('2023-01-08', '2023-01-10', 'restricted', 'open', 0),
  ]);
});

it('tells days that were not derived, days that are not scored and flows apart', () => {
  const reference = valleyReference({
    segments: [
      { from: '2023-01-01', to: '2023-01-01', status: 'open', flows: { civilians: 'open' } },
      { from: '2023-01-02', to: '2023-01-02', status: 'blocked', score: false },
    ],
  });
  expect(differingRuns(reference, derivedDays('o'))).toEqual([
    {
      ...run('2023-01-01', '2023-01-01', 'open', 'open', 1),
      flows: [{ flow: 'civilians', expected: 'open', derived: 'missing' }],
    },
    { ...run('2023-01-02', '2023-01-02', 'blocked', 'missing', 0), isScored: false },
  ]);
});

it('looks from three days before a run on, at most ten days into it', () => {
  const days = ['2023-01-03', '2023-01-04', '2023-01-07', '2023-01-17', '2023-01-18'];
  const around = (to: string) =>
    days.filter((day) => isAround(run('2023-01-07', to, 'open', 'blocked', 0), day));
  expect(around('2023-01-31')).toEqual(['2023-01-04', '2023-01-07', '2023-01-17']);
  expect(around('2023-01-08')).toEqual(['2023-01-04', '2023-01-07']);
});

function run(from: string, to: string, expected: string, derived: string, credit: number) {
  return { from, to, expected, derived, credit, isScored: true, flows: [] };
}
