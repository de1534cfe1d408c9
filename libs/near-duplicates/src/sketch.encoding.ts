import { bytesOf, valuesOf } from './bytes.ts';
import { minimaCount, type Sketch } from './sketch.ts';

/** The number of shingles, the minima, then places and figures in pairs. */
export function encodeSketch({ shingleCount, minima, figures }: Sketch): Uint8Array {
  return bytesOf([shingleCount, ...minima, ...[...figures].flat()]);
}

export function decodeSketch(bytes: Uint8Array): Sketch {
  const values = valuesOf(bytes);
  const figures = new Map<number, number>();
  for (let index = 1 + minimaCount; index + 1 < values.length; index += 2) {
    figures.set(values[index] ?? 0, values[index + 1] ?? 0);
  }
  return { shingleCount: values[0] ?? 0, minima: values.subarray(1, 1 + minimaCount), figures };
}
