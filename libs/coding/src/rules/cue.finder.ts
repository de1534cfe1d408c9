import { compileCueIndex, type CuePattern } from './cue.index.ts';
import { type Span } from '../text/masked-sentence.ts';

/** Where a cue stands in a sentence, by the cue's name; empty for an unknown one. */
export type SpansOf = (cue: string) => readonly Span[];
/** The cues of one sentence. Each is looked up once, whatever number of rules uses it. */
export interface SentenceCues {
  /** By its number. What is not possible is not there. */
  readonly isPossible: (cue: number) => boolean;
  readonly spansOf: SpansOf;
}
export interface CueFinder {
  /** -1 for an unknown one. */
  readonly numberOf: (cue: string) => number;
  readonly cuesOf: (text: string) => SentenceCues;
}

/** Enough for any honest sentence; a text made of one cue word must not cost more. */
const spansMax = 40;
const noSpans: readonly Span[] = [];
const signCues = { C: ['C'], D: ['D'], B: ['B'], R: ['R'], M: ['M'], A: ['A'] };

/**
 * Of thousands of patterns a sentence holds a few. One pass over it finds the words that patterns cannot do without,
 * and so which of them may be there: a sentence pays for its own length and not for the size of the data.
 */
export function compileCues(data: Readonly<Record<string, readonly string[]>>): CueFinder {
  const names = Object.keys({ ...signCues, ...data });
  const numbers = new Map(names.map((name, number) => [name, number]));
  const possibleIn = compileCueIndex(Object.values({ ...signCues, ...data }));
  return {
    numberOf: (cue) => numbers.get(cue) ?? -1,
    cuesOf: (text) => {
      const possible = possibleIn(text);
      const found: (readonly Span[] | undefined)[] = [];
      const spansOf = (cue: string) => {
        const number = numbers.get(cue) ?? -1;
        const patterns = possible[number];
        return patterns === undefined ? noSpans : (found[number] ??= findAny(patterns, text));
      };
      return { isPossible: (cue) => possible[cue] !== undefined, spansOf };
    },
  };
}

/** What one expression of all these patterns would find: the leftmost first, of several there the lowest in rank. */
function findAny(patterns: readonly CuePattern[], text: string): readonly Span[] {
  const spans: Span[] = [];
  let ahead = placesAhead(patterns, text);
  while (ahead.length > 0 && spans.length < spansMax) {
    const { start, end } = ahead.reduce((best, other) => (other.start < best.start ? other : best));
    spans.push({ start, end });
    ahead = ahead.filter((place) => place.start >= end || moved(place, text, end));
  }
  return spans;
}

/** Where a pattern fits next. */
interface Place {
  readonly expression: RegExp;
  start: number;
  end: number;
}

/** By rank. */
function placesAhead(patterns: readonly CuePattern[], text: string): Place[] {
  const byRank = patterns.length === 1 ? patterns : patterns.toSorted((a, b) => a.rank - b.rank);
  return byRank
    .map(({ expression }): Place => ({ expression, start: 0, end: 0 }))
    .filter((place) => moved(place, text, 0));
}

/** False when it fits nowhere from there on. */
function moved(place: Place, text: string, from: number): boolean {
  const { expression } = place;
  expression.lastIndex = from;
  const match = expression.exec(text);
  if (match === null) return false;
  place.start = match.index;
  place.end = match.index + match[0].length;
  return true;
}
