import { type ActorGazetteer } from './actor.gazetteer.ts';
import { type Reading } from './person.name.ts';
import { longestPhrase } from '../text/phrase.trie.ts';
import { type Word } from '../text/word.tokenizer.ts';

const officeWordsMax = 12;
const links: ReadonlySet<string> = new Set(['of', 'for', 'and', 'the', 'on', 'to', 'in', 'at']);

/**
 * Index after the office words from there on. "Of", "for" and the like count when an office word follows, and "to"
 * with a country after an envoy's office ("ambassador to Armenia").
 */
export function endOfOffice(
  { gazetteer, words }: Reading,
  at: number,
  allowed?: ReadonlySet<string>,
): number {
  const { office, officeHead, envoy } = gazetteer.words;
  let end = at;
  for (let next = at; next < Math.min(words.length, at + officeWordsMax); next++) {
    const word = words[next];
    if (word === undefined || (next > at && !word.isJoined)) break;
    // "Vice-president of the European Commission": the body is no part of the office.
    if (links.has(words[next - 1]?.text ?? '') && isBody(gazetteer, words, next)) break;
    if (next === at) {
      const head = headAfter(words, next, officeHead);
      if (head !== null) {
        end = head;
        next = head - 1;
        continue;
      }
    }
    if (office.has(word.text) || allowed?.has(word.text) === true) end = next + 1;
    else if (!links.has(word.text)) break;
    else if (end === next && envoy.has(words[next - 1]?.text ?? '')) {
      const place = words[next + 1]?.text === 'the' ? next + 2 : next + 1;
      const country = word.text === 'of' ? null : longestPhrase(gazetteer.forms, words, place);
      if (country !== null) return country.end;
    }
  }
  return end;
}

/** "Industry minister", "canal authority": whatever an office is for may stand before it. */
function headAfter(words: readonly Word[], at: number, heads: ReadonlySet<string>): number | null {
  for (let next = at + 1; next <= at + 2; next++) {
    if (words[next]?.isJoined !== true) return null;
    if (heads.has(words[next]?.text ?? '')) return next + 1;
  }
  return null;
}

/** "President", "foreign ministry": of a state, wherever no other body is named. */
export function isOfState(
  { words: lists }: ActorGazetteer,
  words: readonly Word[],
  at: number,
  end: number,
): boolean {
  return words.slice(at, end).some(({ text }) => lists.stateOffice.has(text));
}

/** "Coordinator", "delegate": of the body that publishes a text. */
export function isOfBody(
  { words: lists }: ActorGazetteer,
  words: readonly Word[],
  at: number,
  end: number,
): boolean {
  return words.slice(at, end).some(({ text }) => lists.bodyOffice.has(text));
}

function isBody({ forms }: ActorGazetteer, words: readonly Word[], at: number): boolean {
  return longestPhrase(forms, words, at)?.entries.some(({ isAdjective }) => !isAdjective) === true;
}

export function officeOf(words: readonly Word[], at: number, end: number): string {
  return words
    .slice(at, end)
    .map(({ text }) => text)
    .join(' ');
}
