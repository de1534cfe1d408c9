import { type Anchor } from '../rules/cue.anchor.ts';
import { signs } from './signs.ts';

/** Calls `found` with each item one of whose anchors the text holds; several times where it holds several. */
export type WordScanner<Item> = (text: string, found: (item: Item) => void) => void;

/**
 * Finds which of many words a text holds in one pass over its letters. Texts are not cut into words for it: of most
 * words the second or third letter already tells that they are none of these.
 */
export function compileScanner<Item>(anchored: Iterable<readonly [Anchor, Item]>): WordScanner<Item> {
  const states: State<Item>[] = [newState(), newState()];
  for (const [{ text, isStem }, item] of anchored) {
    let at = start;
    for (const letter of text) at = stepOrGrow(states, at, classOf(letter.charCodeAt(0)));
    const state = states[at];
    if (state !== undefined) (isStem ? state.stems : state.words).push(item);
  }
  const steps = new Uint32Array(states.length * width);
  for (const [at, { next }] of states.entries()) for (const [by, to] of next) steps[at * width + by] = to;
  // Undefined where there are none: a sentence asks at each of its letters.
  const stems = states.map((state) => (state.stems.length === 0 ? undefined : state.stems));
  const words = states.map((state) => (state.words.length === 0 ? undefined : state.words));
  return (text, found) => {
    let at = start;
    for (let place = 0; place <= text.length; place++) {
      const by = place < text.length ? classOf(text.charCodeAt(place)) : 0;
      if (by > 0 && by < firstSign) {
        if (at === nowhere) continue;
        at = steps[at * width + by] ?? nowhere;
        reach(stems[at], found);
        continue;
      }
      reach(words[at], found);
      at = start;
      // A sign is a word of its own, whatever stands beside it.
      if (by > 0) reach(words[steps[start * width + by] ?? nowhere], found);
    }
  };
}

interface State<Item> {
  readonly next: Map<number, number>;
  readonly stems: Item[];
  readonly words: Item[];
}

/** No anchor begins with what has been read of the word. */
const nowhere = 0;
/** Before each word. */
const start = 1;

/** What may follow in a word: "\w" as expressions have it, and the signs; 0 for what ends it. */
const letters = '_0123456789abcdefghijklmnopqrstuvwxyz';
/** Texts are folded, so a capital is in none, but it would be part of a word. */
const capital = letters.length + 1;
const firstSign = capital + 1;
const signLetters = Object.values(signs).join('');
const width = firstSign + signLetters.length;
const asciiClasses = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  return /[A-Z]/.test(letter) ? capital : letters.indexOf(letter) + 1;
});
const signsFrom = 0xe000;

function classOf(code: number): number {
  if (code < 128) return asciiClasses[code] ?? 0;
  return code < signsFrom || code > signsFrom + 15 ? 0 : (signClasses[code - signsFrom] ?? 0);
}

const signClasses = Uint8Array.from({ length: 16 }, (_, offset) => {
  const place = signLetters.indexOf(String.fromCharCode(signsFrom + offset));
  return place === -1 ? 0 : firstSign + place;
});

function newState<Item>(): State<Item> {
  return { next: new Map(), stems: [], words: [] };
}

function stepOrGrow<Item>(states: State<Item>[], at: number, by: number): number {
  const next = states[at]?.next;
  let to = next?.get(by);
  if (to === undefined) {
    to = states.push(newState()) - 1;
    next?.set(by, to);
  }
  return to;
}

function reach<Item>(items: readonly Item[] | undefined, found: (item: Item) => void): void {
  if (items !== undefined) for (const item of items) found(item);
}
