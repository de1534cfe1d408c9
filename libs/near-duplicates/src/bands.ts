import { mixed } from './hash.ts';
import { type Sketch } from './sketch.ts';

const { imul } = Math;

const bandCount = 16;
const bandRows = 4;

/**
 * Keys by which candidates are found (locality-sensitive hashing): two texts of similarity s have at least one in
 * common with probability 1 − (1 − s⁴)¹⁶: 0.64 at 0.5, 0.99 at 0.7, 0.9998 at 0.8, and 0.006 at 0.14. Signed 32 bit,
 * as Postgres has them.
 */
export function bandsOf({ minima }: Sketch): readonly number[] {
  return Array.from({ length: bandCount }, (_, band) => {
    const rows = minima.subarray(band * bandRows, (band + 1) * bandRows);
    return rows.reduce((key, row) => mixed(imul(key, 31) + row), band + 1) | 0;
  });
}
