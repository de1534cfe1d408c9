import { type ActorGazetteer } from './actor.gazetteer.ts';
import { longestPhrase } from '../text/phrase.trie.ts';
import { type People } from './people.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** What is read, and by which lists. */
export interface Reading {
  readonly gazetteer: ActorGazetteer;
  readonly source: string;
  readonly words: readonly Word[];
  readonly people: People;
}

/** No name is that long; claims refuse what is. */
const nameLengthMax = 150;
const nameWordsMax = 5;

/** Index after the capitalised words from there on that can be one name; `at` itself where there are none. */
export function endOfName({ gazetteer, words, people }: Reading, at: number): number {
  const { notName, nameParticle, bylineNoun, title } = gazetteer.words;
  let end = at;
  const from = title.has(words[at]?.text ?? '') ? at + 1 : at;
  for (let next = at; next < Math.min(words.length, from + nameWordsMax); next++) {
    const word = words[next];
    if (word === undefined || (next > at && !word.isJoined)) break;
    if (!word.isCapitalized) {
      if (nameParticle.has(word.text) && next > at) continue;
      break;
    }
    if (notName.has(word.text) || bylineNoun.has(word.text)) break;
    end = next + 1;
    if (people.bySurname.has(word.text) || longestPhrase(gazetteer.forms, words, end) !== null) break;
  }
  return end;
}

/** Null for what is too long to be a name. */
export function nameOf(reading: Reading, at: number, end: number): string | null {
  // "The minister, Mr. Doe": the form of address is no part of the name.
  const { title } = reading.gazetteer.words;
  const isAddressed = end - at > 1 && title.has(reading.words[at]?.text ?? '');
  const { start, end: stop } = placeOf(reading, isAddressed ? at + 1 : at, end);
  if (stop - start > nameLengthMax) return null;
  return reading.source.slice(start, stop).replace(/[[\]]/g, '').replace(/\s+/g, ' ');
}

export function placeOf({ source, words }: Reading, at: number, end: number) {
  const [start, stop] = [words[at]?.start ?? 0, words[end - 1]?.end ?? 0];
  // The last full stop of "U.S." belongs to it.
  const isAbbreviation = /\.\p{L}$/u.test(source.slice(stop - 2, stop)) && source[stop] === '.';
  return { start, end: isAbbreviation ? stop + 1 : stop };
}
