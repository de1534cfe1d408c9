import { everyMatch } from './every-match.ts';

it('finds what matchAll finds, from the beginning each time, and no more than is asked for', () => {
  const expression = /(\w)\d/g;
  const found = everyMatch(expression, 'a1 b2 c3', 2);
  expect(found.map(({ 0: match, 1: letter, index }) => [match, letter, index])).toEqual([
    ['a1', 'a', 0],
    ['b2', 'b', 3],
  ]);
  expect(everyMatch(expression, 'a1 b2 c3')).toEqual([...'a1 b2 c3'.matchAll(expression)]);
  expect(everyMatch(expression, '')).toEqual([]);
});
