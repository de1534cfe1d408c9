import { type Anchor, anchorsOf, commonnessIn } from './cue.anchor.ts';
import { compileEach } from './cue.pattern.ts';
import { compileScanner } from '../text/word.scanner.ts';

/** One way in which a cue is written. */
export interface CuePattern {
  /** The number of its cue. */
  readonly cue: number;
  /** Of two that fit at one place, the lower one decides. */
  readonly rank: number;
  readonly expression: RegExp;
}

/** By the numbers of their cues; undefined where no pattern of a cue may fit. */
export type PossiblePatterns = readonly (readonly CuePattern[] | undefined)[];

/**
 * Tells which of the patterns of all cues a text may hold: those of which it holds the least common word, and a word
 * for each of their other places.
 */
export function compileCueIndex(cues: readonly (readonly string[])[]): (text: string) => PossiblePatterns {
  const { words, always } = readPatterns(cues);
  const scan = compileScanner([...words.values()].map((word) => [word.anchor, word]));
  // Which words the text of this turn holds; kept, since a sentence should not pay for all the words there are.
  const turnOf = new Uint32Array(words.size);
  let turn = 0;
  return (text) => {
    turn = (turn + 1) >>> 0;
    const held: CueWord[] = [];
    scan(text, (word) => {
      if (turnOf[word.number] === turn) return;
      turnOf[word.number] = turn;
      if (word.patterns.length > 0) held.push(word);
    });
    const isHeld = (word: CueWord) => turnOf[word.number] === turn;
    const possible = new Array<CuePattern[] | undefined>(cues.length).fill(undefined);
    for (const pattern of always) add(pattern, possible);
    for (const { patterns } of held)
      for (const pattern of patterns)
        if (pattern.others.every((place) => place.some(isHeld))) add(pattern, possible);
    return possible;
  };
}

interface CueWord {
  readonly number: number;
  readonly anchor: Anchor;
  /** Those of which it is the least common word. */
  readonly patterns: IndexedPattern[];
}

interface IndexedPattern extends CuePattern {
  /** For each further place the words one of which must stand there. */
  readonly others: readonly (readonly CueWord[])[];
}

function readPatterns(cues: readonly (readonly string[])[]) {
  const words = new Map<string, CueWord>();
  const wordOf = (anchor: Anchor): CueWord => {
    const key = `${anchor.text}${anchor.isStem ? '*' : ''}`;
    let word = words.get(key);
    if (word === undefined) words.set(key, (word = { number: words.size, anchor, patterns: [] }));
    return word;
  };
  /** Patterns that can do without any word of their own. */
  const always: IndexedPattern[] = [];
  const commonness = commonnessIn(cues.flat());
  for (const [cue, patterns] of cues.entries()) {
    compileEach(patterns).forEach(({ written, expression }, rank) => {
      const [first, ...others] = anchorsOf(written, commonness).map((anchors) => anchors.map(wordOf));
      const pattern = { cue, rank, expression, others };
      if (first === undefined) always.push(pattern);
      else for (const word of first) word.patterns.push(pattern);
    });
  }
  return { words, always };
}

/** Two of its words may lead to one pattern. */
function add(pattern: CuePattern, possible: (CuePattern[] | undefined)[]): void {
  const patterns = possible[pattern.cue];
  if (patterns === undefined) possible[pattern.cue] = [pattern];
  else if (!patterns.includes(pattern)) patterns.push(pattern);
}
