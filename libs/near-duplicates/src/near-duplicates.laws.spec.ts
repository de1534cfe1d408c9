import fc from 'fast-check';
import { bandsOf } from './bands.ts';
import { agencyReport, otherReport } from './near-duplicates.fixture.ts';
import { isReprint, similarity } from './reprint.ts';
import { decodeSketch, encodeSketch } from './sketch.encoding.ts';
import { shinglesOf, sketchOf } from './sketch.ts';
import { wordsOf } from './words.ts';

const vocabulary = [...new Set([...wordsOf(agencyReport), ...wordsOf(otherReport)])];
const longText = fc
  .array(fc.constantFrom(...vocabulary), { minLength: 60, maxLength: 300 })
  .map((words) => words.join(' '));
const anyText = fc.oneof(longText, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));

it('gives the same sketch for the same text, and it survives being stored', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(sketchOf(text)).toEqual(sketchOf(text));
      expect(decodeSketch(encodeSketch(sketchOf(text)))).toEqual(sketchOf(text));
    }),
  );
});

it('is the same from both sides, and every text is a copy of itself', () => {
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      const [left, right] = [sketchOf(one), sketchOf(other)];
      expect(similarity(left, right)).toBe(similarity(right, left));
      expect(isReprint(left, right)).toBe(isReprint(right, left));
      expect(isReprint(left, left)).toBe(true);
    }),
  );
});

it('estimates the share of common shingles within four standard errors', () => {
  fc.assert(
    fc.property(longText, fc.nat({ max: 100 }), (text, percent) => {
      const words = text.split(' ');
      const kept = words.slice(0, Math.max(25, Math.round((words.length * percent) / 100)));
      const other = [...kept, ...wordsOf(otherReport)].join(' ');
      const [left, right] = [shinglesOf(words), shinglesOf(wordsOf(other))];
      const commonCount = [...left].filter((shingle) => right.has(shingle)).length;
      const common = commonCount / (left.size + right.size - commonCount);
      const errorMax = 4 * Math.sqrt((common * (1 - common)) / 128) + 0.02;
      expect(Math.abs(similarity(sketchOf(text), sketchOf(other)) - common)).toBeLessThan(errorMax);
    }),
    { seed: 20230120, numRuns: 300 },
  );
});

it('knows a copy in which two words in a hundred were changed, and finds it by a band', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (places) => {
      const words = agencyReport.split(' ');
      for (const place of places) words[place % words.length] = 'otherwise';
      const [original, copy] = [sketchOf(agencyReport), sketchOf(words.join(' '))];
      expect(isReprint(original, copy)).toBe(true);
      expect(bandsOf(copy).some((band) => bandsOf(original).includes(band))).toBe(true);
    }),
    { seed: 20230120, numRuns: 200 },
  );
});

it('takes no text of other words for a copy', () => {
  fc.assert(
    fc.property(longText, longText, (one, other) => {
      fc.pre(one !== other);
      expect(isReprint(sketchOf(one), sketchOf(other))).toBe(false);
    }),
    { seed: 20230120, numRuns: 200 },
  );
});

it.each([
  ['one word without end', 'x'.repeat(1 << 20)],
  ['a million commas', ','.repeat(1 << 20)],
  ['three words again and again', 'a b c '.repeat(170_000)],
  ['nothing but figures', Array.from({ length: 150_000 }, (_, index) => String(index)).join(' ')],
  ['letters without spaces', '字'.repeat(340_000)],
])('sketches 1 MiB of %s within a second', (_, text) => {
  const startedAt = performance.now();
  sketchOf(text);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
