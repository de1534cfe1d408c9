import { type Counts, ratesOf, sumOf } from './agreement.rates.ts';

/** Fixed, so that the same coder has the same interval. */
const seed = 20_260_101;
const resampleCount = 1_000;

/** The 95 % interval of the micro F1 when statements like these are drawn again; null for fewer than two. */
export function microF1Interval(statements: readonly Counts[]): readonly [number, number] | null {
  if (statements.length < 2) return null;
  const random = mulberry32(seed);
  const draw = () => statements[Math.floor(random() * statements.length)] ?? ratesOf(sumOf([]));
  const f1s = Array.from({ length: resampleCount }, () => ratesOf(sumOf(statements.map(draw))).f1).sort(
    (a, b) => a - b,
  );
  return [f1s[resampleCount * 0.025 - 1] ?? 0, f1s[resampleCount * 0.975 - 1] ?? 0];
}

/** Tommy Ettinger's generator of 32 bits: small, and good enough to draw statements. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
