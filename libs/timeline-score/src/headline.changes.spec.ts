import { scoreChanges } from './headline.changes.ts';
import { derivedDays } from './reference.fixture.ts';

const changes = (expected: string, derived: string) =>
  scoreChanges(derivedDays(expected), derivedDays(derived));

it('finds a change a day early or late, and not two days', () => {
  expect(changes('ooobbb', 'oobbbb')).toMatchObject({ hits: 1, f1: 1 });
  expect(changes('ooobbb', 'oooobb')).toMatchObject({ hits: 1, f1: 1 });
  expect(changes('ooobbb', 'ooooob')).toMatchObject({ hits: 0, precision: 0, recall: 0, f1: 0 });
});

it('asks for the same new status', () => {
  expect(changes('ooobbb', 'ooorrr')).toMatchObject({ expected: 1, derived: 1, hits: 0 });
});

it('lets one change be found once', () => {
  expect(changes('ooobbb', 'oobobb')).toMatchObject({ derived: 3, hits: 1, precision: 1 / 3, recall: 1 });
});

it('has nothing to find where nothing changes', () => {
  expect(changes('ooo', 'ooo')).toEqual({
    expected: 0,
    derived: 0,
    hits: 0,
    precision: 0,
    recall: 1,
    f1: 0,
  });
});
