import { hashOf, mixed } from './hash.ts';

const { imul } = Math;

const figuresMax = 200;

/**
 * The figures of a text (dates, counts, years), each under the hash of the words before and after it. A desk that fills
 * in a form every week publishes texts that differ in nothing else, and those are not copies of each other.
 */
export function figuresIn(words: readonly string[]): ReadonlyMap<number, number> {
  const figures = new Map<number, number>();
  for (const [index, word] of words.entries()) {
    if (figures.size === figuresMax) break;
    if (!/\p{N}/u.test(word)) continue;
    const place = mixed(imul(hashOf(wordAt(words, index - 1)), 31) + hashOf(wordAt(words, index + 1)));
    // The first at its place, so that one more figure further down in one of two copies changes nothing.
    if (!figures.has(place)) figures.set(place, hashOf(word));
  }
  return figures;
}

/** A figure beside another stands for any, since both change from one week to the next: "12:30", "1,200", "3/4". */
function wordAt(words: readonly string[], index: number): string {
  const word = words[index] ?? '';
  return /\p{N}/u.test(word) ? '#' : word;
}
