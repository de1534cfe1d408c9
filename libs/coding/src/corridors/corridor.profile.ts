import { type CodableCorridor } from '../coder.ts';
import { foldPhrase } from '../text/folded-text.ts';
import { stateOf } from './mention.kind.ts';
import { type WordLists } from '../lexicon/word-lists.ts';

/** What ties a text to a corridor that it does not name. */
export interface CorridorProfile {
  readonly parties: ReadonlySet<string>;
  /** The words that tell its names from those of others. */
  readonly topics: ReadonlySet<string>;
  readonly isOfTheSea: boolean;
  /** A blockade of it has a name, or "the blockade" is one of its aliases. */
  readonly isKnownAsBlockade: boolean;
}

export function profileOf(
  lists: WordLists,
  corridor: CodableCorridor,
  names: readonly string[],
): CorridorProfile {
  const words = names.flatMap((name) => name.split(' '));
  const contextWords = corridor.contextAliases.flatMap((alias) => foldPhrase(alias).split(' '));
  return {
    parties: new Set(corridor.parties),
    topics: new Set(
      words.filter(
        (word) =>
          word.length > 2 &&
          !isGeneric(lists, word) &&
          stateOf(word, lists) === undefined &&
          // What calls for evidence is none.
          !contextWords.includes(word),
      ),
    ),
    isOfTheSea: words.some((word) => lists.seaWord.has(word)),
    isKnownAsBlockade: [...words, ...contextWords].some((word) => stateOf(word, lists) !== undefined),
  };
}

/** It says nothing of where the corridor is. */
export function isGeneric({ genericName, headNoun }: WordLists, word: string): boolean {
  return genericName.has(word) || headNoun.has(word);
}
