import { type CorridorGazetteer, type Mention } from './corridor.gazetteer.ts';
import { longestPhrase } from '../text/phrase.trie.ts';
import { type WordLists } from '../lexicon/word-lists.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** A mention until more is known of it. */
export const plainMention = { isName: false, isListed: false, isPlural: false, isSpecific: false } as const;

export function nameAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const name = longestPhrase(gazetteer.names, words, at);
  if (name !== null) {
    const kind = name.entries[0]?.kind ?? 'passage';
    const corridors = name.entries.map(({ corridor }) => corridor);
    return { ...plainMention, corridors, kind, isName: true, isListed: true, from: at, to: name.end };
  }
  return stemAt(gazetteer, words, at);
}

/** "the Lachin (or Berdzor) corridor", "Rafah border crossing", "the crossings at Rafah", "closing Lachin". */
function stemAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const lists = gazetteer.lexicon.words;
  const stem = longestPhrase(gazetteer.stems, words, at);
  if (stem === null || words[at]?.isCapitalized !== true) return null;
  const mention = { ...plainMention, corridors: stem.entries, kind: 'passage', from: at } as const;
  for (let next = stem.end; next < Math.min(words.length, stem.end + 4); next++) {
    const word = words[next];
    if (word === undefined) break;
    if (lists.headNoun.has(word.text)) return { ...mention, isName: true, isListed: true, to: next + 1 };
    if (!word.isCapitalized && word.text !== 'or' && !lists.plainWord.has(word.text)) break;
  }
  if (isListedWithHead(lists, words, stem.end))
    return { ...mention, isName: true, isListed: true, to: stem.end };
  if (words[stem.end]?.isCapitalized === true && words[stem.end]?.isJoined === true) return null;
  const [lead, head] = [words[at - 1]?.text ?? '', words[at - 2]?.text ?? ''];
  if (['at', 'in', 'of', 'near'].includes(lead) && lists.pluralHead.has(head))
    return { ...mention, isName: true, isListed: true, to: stem.end };
  return isLedByPassage(lists, words, at) ? { ...mention, to: stem.end } : null;
}

/** "via Rafah", "closing Rafah", "the reopening of Rafah". */
export function isLedByPassage({ passageLead }: WordLists, words: readonly Word[], at: number): boolean {
  const lead = words[at - 1]?.text ?? '';
  return passageLead.has(lead === 'of' ? (words[at - 2]?.text ?? '') : lead);
}

/** "Rafah and Erez crossings": the noun stands behind the last of them. */
function isListedWithHead(lists: WordLists, words: readonly Word[], from: number): boolean {
  if (words[from]?.text !== 'and' && words[from]?.text !== 'or') return false;
  for (let next = from + 1; next < Math.min(words.length, from + 5); next++) {
    const word = words[next];
    if (word === undefined) return false;
    if (lists.pluralHead.has(word.text)) return next > from + 1;
    if (!word.isCapitalized && !lists.plainWord.has(word.text)) return false;
  }
  return false;
}
