import { minimaCount, type Sketch } from './sketch.ts';

/** Little-endian 32-bit words: the number of shingles, the minima, then places and figures in pairs. */
export function encodeSketch({ shingleCount, minima, figures }: Sketch): Uint8Array {
  const values = [shingleCount, ...minima, ...[...figures].flat()];
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    bytes.setUint32(index * 4, value, true);
  });
  return new Uint8Array(bytes.buffer);
}

export function decodeSketch(bytes: Uint8Array): Sketch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Uint32Array.from({ length: bytes.byteLength / 4 }, (_, index) =>
    view.getUint32(index * 4, true),
  );
  const figures = new Map<number, number>();
  for (let index = 1 + minimaCount; index + 1 < values.length; index += 2) {
    figures.set(values[index] ?? 0, values[index + 1] ?? 0);
  }
  return { shingleCount: values[0] ?? 0, minima: values.subarray(1, 1 + minimaCount), figures };
}
