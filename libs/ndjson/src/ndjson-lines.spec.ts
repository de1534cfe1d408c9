import fc from 'fast-check';
import { linesOf } from './ndjson-lines.ts';

async function linesIn(chunks: readonly Buffer[], lineBytesMax = 1_000) {
  async function* stream() {
    yield* chunks;
  }
  const lines: [number, string | null][] = [];
  for await (const { number, bytes } of linesOf(stream(), lineBytesMax))
    lines.push([number, bytes?.toString() ?? null]);
  return lines;
}

it('gives the same lines however the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).map((text) => `x${text.replaceAll(/[\r\n]/g, '')}`)),
      fc.array(fc.nat(50), { maxLength: 20 }),
      async (lines, cuts) => {
        const bytes = Buffer.from(lines.join('\n'));
        const edges = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ];
        const chunks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
        expect(await linesIn(chunks)).toEqual(lines.map((line, index) => [index + 1, line]));
      },
    ),
  );
});

it('counts blank lines and leaves them out', async () => {
  expect(await linesIn([Buffer.from('a\n\r\n \nb\n')])).toEqual([
    [1, 'a'],
    [4, 'b'],
  ]);
});

it('passes over a line beyond the limit and goes on with the next', async () => {
  const chunks = ['a\n', 'b'.repeat(8), 'b'.repeat(8), '\nc'].map((text) => Buffer.from(text));
  expect(await linesIn(chunks, 10)).toEqual([
    [1, 'a'],
    [2, null],
    [3, 'c'],
  ]);
});
