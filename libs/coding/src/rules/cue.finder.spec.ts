import fc from 'fast-check';
import { compileCues } from './cue.finder.ts';
import { anchorsOf } from './cue.anchor.ts';
import { compilePatterns } from './cue.pattern.ts';
import { defaultCodingData } from '../lexicon/default-coding-data.ts';
import { indexRules } from './rule.index.ts';
import { signs } from '../text/signs.ts';

const { cues, rules } = defaultCodingData;
const { cuesOf, numberOf } = compileCues(cues);
const masks = [signs.passage, signs.blocked, signs.restricted, signs.agreement, signs.actor].map(
  (sign) => `${sign}0${signs.end}`,
);

/** A pattern as a text may hold it, or nearly so. */
const reading = fc
  .tuple(fc.constantFrom(...Object.values(cues).flat()), fc.nat(), fc.constantFrom('', '', 'ing'))
  .map(
    ([pattern, seed, ending]) =>
      pattern
        .split(' ')
        .map((place) => wordOf(place, seed))
        .join(' ') + ending,
  );
const text = fc
  .tuple(
    fc.array(
      fc.oneof(
        reading,
        reading,
        fc.constantFrom(...masks, 'the', 'not', "don't"),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 8 },
    ),
    fc.constantFrom(' ', ' ', ', ', '-', ''),
  )
  .map(([parts, gap]) => parts.join(gap));

function wordOf(place: string, seed: number): string {
  const alternatives = place
    .replaceAll(/[?*^]/g, '')
    .replaceAll('_', 'word')
    .replaceAll('#', '12')
    .split('|');
  const word = alternatives[seed % alternatives.length] ?? '';
  return /^[CDBRMA]$/.test(word) ? masks[seed % masks.length]! : word;
}

it('finds what one expression of all patterns of a cue finds', () => {
  const naive = Object.entries(cues).map(([name, patterns]) => ({ name, cue: compilePatterns(patterns) }));
  fc.assert(
    fc.property(text, (sentence) => {
      const { isPossible, spansOf } = cuesOf(sentence);
      for (const { name, cue } of naive) {
        const spans = [...sentence.matchAll(cue)]
          .slice(0, 40)
          .map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
        expect([name, spansOf(name)]).toEqual([name, spans]);
        expect([name, isPossible(numberOf(name)) || spans.length === 0]).toEqual([name, true]);
      }
    }),
  );
});

it('finds the signs, and nothing for a cue that nobody wrote', () => {
  const { isPossible, spansOf } = cuesOf(`${masks[0]!} is shut`);
  expect(spansOf('C')).toEqual([{ start: 0, end: 3 }]);
  expect(spansOf('B')).toEqual([]);
  expect(spansOf('nonsense')).toEqual([]);
  expect(isPossible(numberOf('nonsense'))).toBe(false);
});

it.each([
  ['clos*', [['clos*']]],
  ['been? shut|closed', [['shut', 'closed']]],
  // The less common of two words says more.
  ['is shut', [['shut'], ['is']]],
  ['C shut', [['shut'], [signs.passage, signs.agreement]]],
  ['cut-off*', [['cut']]],
  ['c* _', []],
  ['*ly|is shut', [['shut']]],
  ['A #', [[signs.actor]]],
  ['_ #', []],
])('no text holds "%s" without one of each of %j', (pattern, expected) => {
  const anchors = anchorsOf(pattern, (word) => (/^(?:is|[A-Z])$/.test(word) ? 100 : 1));
  const written = anchors.map((place) =>
    place.map(({ text: letters, isStem }) => (isStem ? `${letters}*` : letters)),
  );
  expect(written).toEqual(expected);
});

it('asks the rules all of whose cues stand there, in their order', () => {
  const stepsOf = ({ steps }: (typeof rules)[number]) => steps.filter((step) => typeof step === 'string');
  const standing = new Set(rules.slice(0, 40).flatMap(stepsOf).reverse());
  const expected = rules.filter((rule) => stepsOf(rule).every((cue) => standing.has(cue)));
  expect(expected.length).toBeLessThan(rules.length);
  const somewhere = [{ start: 0, end: 1 }];
  const index = indexRules(rules, numberOf);
  // What may be there need not be there.
  const isPossible = (cue: number) => cue >= 0;
  const spansOf = (cue: string) => (standing.has(cue) ? somewhere : []);
  expect(index.standingIn({ isPossible, spansOf })).toEqual(expected);
  expect(index.standingIn({ isPossible: () => false, spansOf: () => somewhere })).toEqual([]);
});
