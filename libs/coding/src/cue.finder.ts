import { type Anchor, anchorsOf, commonnessIn, stemLengthMin } from './cue.anchor.ts';
import { compileEach } from './cue.pattern.ts';
import { type Span } from './masked-sentence.ts';

/** Where a cue stands in a sentence, by the cue's name; empty for an unknown one. */
export type SpansOf = (cue: string) => readonly Span[];
/** The cues of one sentence. Each is looked up once, whatever number of rules uses it. */
export interface SentenceCues {
  /** Those that may be there; the others are not. */
  readonly possible: ReadonlySet<string>;
  readonly spansOf: SpansOf;
}
export type CueFinder = (text: string) => SentenceCues;

/** Enough for any honest sentence; a text made of one cue word must not cost more. */
const spansMax = 40;
const noSpans: readonly Span[] = [];
const signCues = { C: ['C'], D: ['D'], B: ['B'], R: ['R'], M: ['M'], A: ['A'] };

/**
 * Of thousands of patterns a sentence holds a few. An index by the words that they cannot do without tells which may
 * be there, so a sentence pays for its own words and not for the size of the data.
 */
export function compileCues(data: Readonly<Record<string, readonly string[]>>): CueFinder {
  const index = indexOf({ ...signCues, ...data });
  return (text) => {
    const possible = possibleIn(index, text);
    const found = new Map<string, readonly Span[]>();
    const spansOf = (cue: string) => {
      const patterns = possible.get(cue);
      if (patterns === undefined) return noSpans;
      let spans = found.get(cue);
      if (spans === undefined) found.set(cue, (spans = findAny(patterns, text)));
      return spans;
    };
    return { possible: new Set(possible.keys()), spansOf };
  };
}

interface CuePattern {
  readonly cue: string;
  /** Of two that fit at one place, the lower one decides. */
  readonly rank: number;
  readonly expression: RegExp;
}

interface PatternIndex {
  readonly words: ReadonlyMap<string, readonly CuePattern[]>;
  /** By their first letters. */
  readonly stems: ReadonlyMap<string, readonly { readonly stem: string; readonly pattern: CuePattern }[]>;
  /** Patterns that can do without any word of their own. */
  readonly always: readonly CuePattern[];
}

function indexOf(cues: Readonly<Record<string, readonly string[]>>): PatternIndex {
  const words = new Map<string, CuePattern[]>();
  const stems = new Map<string, { stem: string; pattern: CuePattern }[]>();
  const always: CuePattern[] = [];
  const commonness = commonnessIn(Object.values(cues).flat());
  const add = ({ text, isStem }: Anchor, pattern: CuePattern) => {
    if (isStem) listAt(stems, text.slice(0, stemLengthMin)).push({ stem: text, pattern });
    else listAt(words, text).push(pattern);
  };
  for (const [cue, patterns] of Object.entries(cues)) {
    compileEach(patterns).forEach(({ written, expression }, rank) => {
      const pattern = { cue, rank, expression };
      const anchors = anchorsOf(written, commonness);
      if (anchors === null) always.push(pattern);
      else for (const anchor of anchors) add(anchor, pattern);
    });
  }
  return { words, stems, always };
}

type PossiblePatterns = ReadonlyMap<string, ReadonlySet<CuePattern>>;

function possibleIn({ words, stems, always }: PatternIndex, text: string): PossiblePatterns {
  const possible = new Map<string, Set<CuePattern>>();
  const add = (pattern: CuePattern) => {
    const patterns = possible.get(pattern.cue);
    if (patterns === undefined) possible.set(pattern.cue, new Set([pattern]));
    else patterns.add(pattern);
  };
  always.forEach(add);
  for (const word of text.match(/\w+/g) ?? []) {
    words.get(word)?.forEach(add);
    for (const { stem, pattern } of stems.get(word.slice(0, stemLengthMin)) ?? [])
      if (word.startsWith(stem)) add(pattern);
  }
  return possible;
}

/** What one expression of all these patterns would find: the leftmost first, of several there the lowest in rank. */
function findAny(patterns: ReadonlySet<CuePattern>, text: string): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  let ahead = [...patterns]
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ expression }) => next(expression, text, 0));
  while (ahead.length > 0 && spans.length < spansMax) {
    const first = ahead.reduce((best, other) => (other.start < best.start ? other : best));
    spans.push({ start: first.start, end: first.end });
    from = first.end;
    ahead = ahead.flatMap((place) => (place.start >= from ? place : next(place.expression, text, from)));
  }
  return spans;
}

interface Place extends Span {
  readonly expression: RegExp;
}

function next(expression: RegExp, text: string, from: number): Place | [] {
  expression.lastIndex = from;
  const match = expression.exec(text);
  return match === null ? [] : { expression, start: match.index, end: match.index + match[0].length };
}

function listAt<Item>(map: Map<string, Item[]>, key: string): Item[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}
