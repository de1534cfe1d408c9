import fc from 'fast-check';
import { signs } from './signs.ts';
import { compileScanner } from './word.scanner.ts';

const letters = fc.constantFrom('a', 'b', '1', '_');
const anchor = fc.oneof(
  fc.record({ text: fc.string({ unit: letters, minLength: 1, maxLength: 3 }), isStem: fc.boolean() }),
  fc.record({ text: fc.constantFrom(signs.passage, signs.actor), isStem: fc.constant(false) }),
);
const text = fc.string({
  unit: fc.oneof(letters, fc.constantFrom(' ', '-', 'A', 'é', '😀', '\ud800', ...Object.values(signs))),
  maxLength: 30,
});
/** Words as expressions cut them, and signs as words of their own. */
const word = /[\ue000-\ue00f]|\w+/g;

it('finds the words and the beginnings of words that a text holds, and no others', () => {
  fc.assert(
    fc.property(fc.array(anchor, { maxLength: 12 }), text, (anchors, sentence) => {
      const found = new Set<number>();
      const scan = compileScanner(anchors.map((each, number) => [each, number] as const));
      scan(sentence, (number) => found.add(number));
      const words = sentence.match(word) ?? [];
      const expected = anchors.flatMap((each, number) =>
        words.some((held) => (each.isStem ? held.startsWith(each.text) : held === each.text)) ? number : [],
      );
      expect([...found].sort((a, b) => a - b)).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});
