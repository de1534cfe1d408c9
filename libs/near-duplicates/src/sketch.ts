import { figuresIn } from './figures.ts';
import { hashOf, mixed } from './hash.ts';
import { wordsOf } from './words.ts';

const { imul } = Math;

/** What is kept of a text to tell later whether another one is nearly the same; the text cannot be read out of it. */
export interface Sketch {
  /** How many different shingles the text has. */
  readonly shingleCount: number;
  /** For each of 128 orders of all shingles, the least one of the text: MinHash. */
  readonly minima: Uint32Array;
  /** Figures with the words around them; see `figures.ts`. */
  readonly figures: ReadonlyMap<number, number>;
}

export const minimaCount = 128;
const shingleWords = 3;
/** Below this a changed word more or less decides the similarity, so short texts are the same only when equal. */
const shinglesMin = 20;

const seeds = Uint32Array.from({ length: minimaCount }, (_, index) => mixed(index * 2 + 1));

/** Pure: the same text gives the same sketch, today and in ten years, for sketches are kept. */
export function sketchOf(text: string): Sketch {
  const words = wordsOf(text);
  const shingles = shinglesOf(words);
  return { shingleCount: shingles.size, minima: minimaOf(shingles), figures: figuresIn(words) };
}

/** Each three words in a row, by their hashes; a short text is one shingle. */
export function shinglesOf(words: readonly string[]): ReadonlySet<number> {
  const hashes = words.map((word) => hashOf(word));
  const shingles = new Set<number>();
  for (let end = shingleWords; end <= hashes.length; end += 1) {
    shingles.add(hashes.slice(end - shingleWords, end).reduce(joined, 0));
  }
  return shingles.size >= shinglesMin ? shingles : new Set([hashOf(words.join(' '))]);
}

function joined(shingle: number, word: number): number {
  return mixed(imul(shingle, 31) + word);
}

function minimaOf(shingles: ReadonlySet<number>): Uint32Array {
  const minima = new Uint32Array(minimaCount).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let index = 0; index < minimaCount; index += 1) {
      // Written out: this line runs 50,000 times for a text of 400 words.
      let hash = imul(shingle ^ (seeds[index] ?? 0), 0x85ebca6b);
      hash = imul(hash ^ (hash >>> 15), 0xc2b2ae35);
      hash = (hash ^ (hash >>> 16)) >>> 0;
      if (hash < (minima[index] ?? 0)) minima[index] = hash;
    }
  }
  return minima;
}
