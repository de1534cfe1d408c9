import { type CorridorGazetteer, type Mention } from './corridor.gazetteer.ts';
import { siegeNouns } from './mention.kind.ts';
import { plainMention } from './name.finder.ts';
import { longestPhrase } from '../text/phrase.trie.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** "blockade of the people of Artsakh", "Artsakh under blockade", "besieged Madaya". */
export function siegeAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const lists = gazetteer.lexicon.words;
  const word = words[at];
  if (word === undefined) return null;
  const siege = (corridors: readonly string[], to: number): Mention => ({
    ...plainMention,
    corridors,
    kind: 'blocked',
    isName: true,
    isListed: true,
    from: at,
    to,
  });
  const territory = longestPhrase(gazetteer.territories, words, at);
  if (territory !== null) {
    const next = words[territory.end]?.text;
    const noun = next === 'under' || next === 's' ? territory.end + 1 : territory.end;
    return isSiegeNoun(words[noun]) ? siege(territory.entries, noun + 1) : null;
  }
  const isSiege = isSiegeNoun(word);
  if (!isSiege && !lists.siegeWord.has(word.text)) return null;
  if (isSiege && !['of', 'on', 'against'].includes(words[at + 1]?.text ?? '')) return null;
  for (let next = at + 1; next < Math.min(words.length, at + 8); next++) {
    const found = longestPhrase(gazetteer.territories, words, next);
    if (found !== null) return siege(found.entries, found.end);
    if (words[next]?.isCapitalized === true) return null;
  }
  return null;
}

function isSiegeNoun(word: Word | undefined): boolean {
  return word !== undefined && siegeNouns.has(word.text);
}

/** A territory with a word of access beside it: "aid for Tigray", "Mariupol evacuation". */
export function servedAt(gazetteer: CorridorGazetteer, words: readonly Word[]): readonly string[] {
  const { lexicon } = gazetteer;
  const lists = lexicon.words;
  for (let at = 0; at < words.length; at++) {
    if (words[at]?.isCapitalized !== true) continue;
    const place = longestPhrase(gazetteer.served, words, at);
    if (place === null) continue;
    const isNear = words
      .slice(Math.max(0, at - accessWordsMax), place.end + accessWordsMax)
      .some(({ text }) => lists.accessNoun.has(text));
    // A country's name stands for its government too, wherever aid is spoken of.
    const isLed =
      lists.placeWord.has(words[at - 1]?.text ?? '') && lists.accessNoun.has(words[at - 2]?.text ?? '');
    const isState = longestPhrase(lexicon.actors.forms, words, at)?.entries.some((form) => !form.isAdjective);
    if (isState === true ? isLed : isNear) return place.entries;
  }
  return [];
}

const accessWordsMax = 14;
