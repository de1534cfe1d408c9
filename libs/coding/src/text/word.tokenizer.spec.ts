import fc from 'fast-check';
import { foldText } from './folded-text.ts';
import { tokenize } from './word.tokenizer.ts';

const plain = fc.constantFrom(
  'a',
  'Z',
  '7',
  ' ',
  '  ',
  '-',
  "'",
  '’',
  '.',
  ',',
  '[',
  '_',
  '—',
  'É',
  'İ',
  '\n',
);
const other = fc.constantFrom('e\u0301', 'ß', 'ы', '日', '😀', '𝔸', '\ud835', '\u0000', '٣', '\ue000');
const text = fc.oneof(
  fc.string({ unit: plain, maxLength: 20 }),
  fc.string({ unit: fc.oneof(plain, other), maxLength: 20 }),
);

it('cuts words as expressions for all scripts do, of plain letters too', () => {
  fc.assert(
    fc.property(text, fc.nat(5), (source, start) => {
      const folded = foldText(source);
      const runs = [...folded.slice(start).matchAll(/[\p{L}\p{N}\p{M}]+/gu)];
      const expected = runs.map(({ 0: run, index }, number) => {
        const before = runs[number - 1];
        const gap = folded.slice(
          start + (before === undefined ? 0 : before.index + before[0].length),
          start + index,
        );
        return {
          text: run.replace(/\p{M}/gu, ''),
          start: start + index,
          end: start + index + run.length,
          isCapitalized: /^\p{Lu}/u.test(source.slice(start + index, start + index + 2)),
          isJoined: before !== undefined && /^[\s'.&[\]-]{0,3}$/.test(gap),
        };
      });
      expect(tokenize(source, folded, start)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});
