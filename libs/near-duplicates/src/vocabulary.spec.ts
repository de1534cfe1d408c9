import fc from 'fast-check';
import { agencyReport, otherReport } from './near-duplicates.fixture.ts';
import { decodeVocabulary, encodeVocabulary, resemblance, vocabularyOf } from './vocabulary.ts';
import { wordsOf } from './words.ts';

const alike = (one: string, other: string) => resemblance(vocabularyOf(one), vocabularyOf(other));

/** The same, from the words themselves. */
function share(one: string, other: string): number {
  const [left, right] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  const commonCount = [...left].filter((word) => right.has(word)).length;
  const allCount = new Set([...left, ...right]).size;
  return allCount === 0 ? 0 : commonCount / allCount;
}

const textOf = (kindCount: number, lengthMax: number) =>
  fc
    .array(fc.nat({ max: kindCount - 1 }), { minLength: 1, maxLength: lengthMax })
    .map((numbers) => numbers.map((number) => `word${number}`).join(' '));

it('tells a correction of a short text from another fact', () => {
  const fact = 'The bridge was closed to lorries on Thursday.';
  expect(alike(fact, 'The bridge was closed to all vehicles on Thursday.')).toBeCloseTo(7 / 10);
  expect(alike(fact, 'Two hundred families wait for flour in the upper town.')).toBeCloseTo(1 / 17);
  expect(alike(agencyReport, agencyReport.replace('twelve', 'fourteen'))).toBeGreaterThan(0.95);
  expect(alike(agencyReport, otherReport)).toBeLessThan(0.25);
});

it('does not mind case, typesetting, order and repetition', () => {
  expect(alike('The road – the only one – is shut!', 'IS THE “ONLY” ROAD ONE SHUT')).toBe(1);
});

it('finds nothing in common with a text without words, not even its own like', () => {
  expect(alike('…', '…')).toBe(0);
  expect(alike('…', agencyReport)).toBe(0);
});

it('is exact for texts of fewer than 128 different words', () => {
  fc.assert(
    fc.property(textOf(300, 127), textOf(300, 127), (one, other) => {
      expect(alike(one, other)).toBe(share(one, other));
    }),
  );
});

it('estimates the share of longer ones within four standard errors', () => {
  fc.assert(
    fc.property(textOf(900, 2_000), textOf(900, 2_000), (one, other) => {
      const common = share(one, other);
      const errorMax = 4 * Math.sqrt((common * (1 - common)) / 128) + 0.02;
      expect(Math.abs(alike(one, other) - common)).toBeLessThan(errorMax);
    }),
    { seed: 20230120, numRuns: 300 },
  );
});

it('is the same from both sides, and survives being stored', () => {
  const anyText = fc.oneof(
    textOf(900, 2_000),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      expect(alike(one, other)).toBe(alike(other, one));
      const stored = encodeVocabulary(vocabularyOf(one));
      expect(stored.byteLength).toBeLessThanOrEqual(512);
      expect(decodeVocabulary(stored)).toEqual(vocabularyOf(one));
    }),
  );
});
