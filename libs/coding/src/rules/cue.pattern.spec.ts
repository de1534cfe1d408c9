import fc from 'fast-check';
import { compilePatterns, flawOf } from './cue.pattern.ts';
import { signs } from '../text/signs.ts';

const found = (pattern: string, text: string) =>
  [...text.matchAll(compilePatterns([pattern]))].map(([match]) => match);
const actor = `${signs.actor}0${signs.end}`;
const corridor = `${signs.passage}0${signs.end}`;

describe('a cue finds', () => {
  it.each([
    ['cut off', 'it was cut off, not cut', ['cut off']],
    ['is|was shut', 'is shut, was shut, be shut', ['is shut', 'was shut']],
    ['clos*', 'close, closing, enclosed', ['close', 'closing']],
    ['*ly shut', 'fully shut and fly shut', ['fully shut', 'fly shut']],
    ['been? fully? shut', 'been shut, fully shut, shut', ['been shut', 'fully shut', 'shut']],
    ['shut down?', 'shut down, shut', ['shut down', 'shut']],
    ['no _ traffic', 'no more traffic, no traffic', ['no more traffic']],
    ['# trucks', '1,200 trucks and many trucks', ['1,200 trucks']],
    ['^ it is open', 'it is open and it is open', ['it is open']],
    ['no _ traffic', `no ${actor}'s traffic, no traffic`, [`no ${actor}'s traffic`]],
    ['met A', `met the ${actor}'s envoy`, [`met the ${actor}'s`]],
    ['C is open', `the ${corridor} is open`, [`${corridor} is open`]],
    ['u.s. base', 'u.s. base, uxsx base', ['u.s. base']],
    ["*n't blocked", "hasn't blocked, not blocked", ["hasn't blocked"]],
  ])('"%s"', (pattern, text, expected) => {
    expect(flawOf(pattern)).toBeNull();
    expect(found(pattern, text)).toEqual(expected);
  });

  it('nothing without patterns', () => {
    expect(compilePatterns([]).test('anything')).toBe(false);
  });
});

it('what is not of the language is refused, and what is accepted compiles', () => {
  expect(
    ['', 'a(b', 'very? much?', 'Shut', 'sh*t*s', '*', 'a | b'].filter((pattern) => flawOf(pattern) === null),
  ).toEqual([]);
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab*?|_#^CX.(-[\\ '.split('')), maxLength: 12 }),
      (pattern) => {
        if (flawOf(pattern) === null) compilePatterns([pattern]);
      },
    ),
    { numRuns: 2_000 },
  );
});
