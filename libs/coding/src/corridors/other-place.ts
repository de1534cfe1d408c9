import { actorNamedAt } from '../actors/actor.finder.ts';
import { type CorridorGazetteer } from './corridor.gazetteer.ts';
import { nameAt } from './name.finder.ts';
import { longestPhrase } from '../text/phrase.trie.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** "the border with Jordan" is none of a corridor that Jordan is no party to. */
export function isAtAnotherPlace(
  { profiles, lexicon }: CorridorGazetteer,
  words: readonly Word[],
  end: number,
  corridors: readonly string[],
): boolean {
  if (!lexicon.words.placeWord.has(words[end]?.text ?? '')) return false;
  for (let next = end + 1; next < Math.min(words.length, end + 4); next++) {
    if (words[next]?.isCapitalized !== true) continue;
    const actor = actorNamedAt(lexicon.actors, words, next);
    return actor !== null && !corridors.some((id) => profiles.get(id)?.parties.has(actor));
  }
  return false;
}

/** "the blockade of Gaza" where Gaza is no territory of a corridor; "the Gaza blockade". */
export function isOfAnotherPlace(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): boolean {
  const { lexicon } = gazetteer;
  const lists = lexicon.words;
  const before = words[at - 1]?.text === 's' ? at - 2 : at - 1;
  const lead = words[before];
  const isPlace = before > 0 && lead?.isCapitalized === true && !lists.determiner.has(lead.text);
  if (isPlace && actorNamedAt(lexicon.actors, words, before) === null) return true;
  if (!lists.linkWord.has(words[at + 1]?.text ?? '')) return false;
  for (let next = at + 2; next < Math.min(words.length, at + 6); next++) {
    if (longestPhrase(gazetteer.names, words, next) !== null) return false;
    if (longestPhrase(gazetteer.territories, words, next) !== null) return false;
    const word = words[next];
    // "On Monday" is no place.
    if (word?.isCapitalized !== true || lists.notName.has(word.text)) continue;
    return !isRelated(gazetteer, words, next) && nameAt(gazetteer, words, next) === null;
  }
  return false;
}

/** A party to a corridor, or a word of its names: "a blockade in the Black Sea". */
function isRelated({ profiles, lexicon }: CorridorGazetteer, words: readonly Word[], at: number): boolean {
  const actor = actorNamedAt(lexicon.actors, words, at);
  return [...profiles.values()].some(
    ({ parties, topics }) => (actor !== null && parties.has(actor)) || topics.has(words[at]?.text ?? ''),
  );
}
