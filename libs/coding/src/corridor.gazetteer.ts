import { isActorWord } from './actor.finder.ts';
import { type Lexicon } from './coding.lexicon.ts';
import { type WordLists } from './word-lists.ts';
import { type CodableCorridor } from './coder.ts';
import { foldPhrase } from './folded-text.ts';
import { addPhrase, emptyTrie, longestPhrase, type PhraseTrie } from './phrase.trie.ts';
import { type Word } from './word.tokenizer.ts';

/** What words stand for: the passage itself, or a noun that names its state ("the blockade"). */
export type MentionKind = 'passage' | 'blocked' | 'restricted';

export interface Mention {
  /** Ids of the corridors that it can mean. */
  readonly corridors: readonly string[];
  readonly kind: MentionKind;
  /** A name stands by itself; context words need a text that is tied to the corridor. */
  readonly isName: boolean;
  /** The registry lists the words for the corridor, among its names or its context words. */
  readonly isListed: boolean;
  /** Indexes of words, end exclusive. */
  readonly from: number;
  readonly to: number;
}

interface NameEntry {
  readonly corridor: string;
  readonly kind: MentionKind;
}

interface ContextEntry {
  readonly corridor: string;
  readonly needsDeterminer: boolean;
  readonly isListed: boolean;
}

export interface CorridorGazetteer {
  readonly names: PhraseTrie<NameEntry>;
  readonly context: PhraseTrie<ContextEntry>;
  /** "Lachin" of "Lachin corridor": with a noun of the class it is a name too. */
  readonly stems: PhraseTrie<string>;
  /** What a blockade is laid on: "Artsakh" of "Artsakh blockade". */
  readonly territories: PhraseTrie<string>;
  readonly corridors: readonly string[];
  readonly lexicon: Lexicon;
}

export function compileCorridors(corridors: readonly CodableCorridor[], lexicon: Lexicon): CorridorGazetteer {
  const gazetteer: CorridorGazetteer = {
    names: emptyTrie(),
    context: emptyTrie(),
    stems: emptyTrie(),
    territories: emptyTrie(),
    corridors: corridors.map(({ id }) => id),
    lexicon,
  };
  for (const corridor of corridors) addCorridor(gazetteer, corridor);
  return gazetteer;
}

export function findMentions(gazetteer: CorridorGazetteer, words: readonly Word[]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < words.length;) {
    const mention =
      nameAt(gazetteer, words, at) ?? siegeAt(gazetteer, words, at) ?? contextAt(gazetteer, words, at);
    if (mention === null) {
      at++;
      continue;
    }
    mentions.push(mention);
    at = mention.to;
  }
  return mergeStates(mentions, words, gazetteer.lexicon.words);
}

function addCorridor(gazetteer: CorridorGazetteer, corridor: CodableCorridor): void {
  const { id } = corridor;
  const { headNoun, plainWord, ...lists } = gazetteer.lexicon.words;
  const names = [corridor.name, ...Object.values(corridor.names), ...corridor.aliases].map(foldPhrase);
  for (const name of names) {
    const words = name.split(' ');
    const state = words.find((word) => stateOf(word, lists) !== undefined);
    const kind = stateOf(state, lists) ?? 'passage';
    addPhrase(gazetteer.names, name, { corridor: id, kind });
    // Hashtags write names as one word.
    if (words.length > 1) addPhrase(gazetteer.names, words.join(''), { corridor: id, kind });
    if (state !== undefined)
      addPhrase(gazetteer.territories, words.filter((word) => word !== state && word !== 'of').join(' '), id);
    const head = words.at(-1) ?? '';
    if (!headNoun.has(head)) continue;
    addPhrase(gazetteer.context, head, { corridor: id, needsDeterminer: true, isListed: false });
    const stem = words.slice(0, -1).filter((word) => !plainWord.has(word));
    if (stem.length > 0) addPhrase(gazetteer.stems, stem.join(' '), id);
  }
  if (names.some((name) => name.startsWith('strait')))
    addPhrase(gazetteer.context, 'strait', { corridor: id, needsDeterminer: true, isListed: false });
  for (const alias of corridor.contextAliases.map(foldPhrase)) {
    const needsDeterminer = alias.startsWith('the ');
    addPhrase(gazetteer.context, needsDeterminer ? alias.slice(4) : alias, {
      corridor: id,
      needsDeterminer,
      isListed: true,
    });
  }
}

/** What state a noun names. */
function stateOf(
  noun: string | undefined,
  { blockedNoun, restrictedNoun }: Pick<WordLists, 'blockedNoun' | 'restrictedNoun'>,
): Exclude<MentionKind, 'passage'> | undefined {
  if (noun === undefined) return undefined;
  if (blockedNoun.has(noun)) return 'blocked';
  return restrictedNoun.has(noun) ? 'restricted' : undefined;
}

function nameAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const name = longestPhrase(gazetteer.names, words, at);
  if (name !== null) {
    const kind = name.entries[0]?.kind ?? 'passage';
    return {
      corridors: name.entries.map(({ corridor }) => corridor),
      kind,
      isName: true,
      isListed: true,
      from: at,
      to: name.end,
    };
  }
  // "the Lachin (or Berdzor) corridor", "Rafah border crossing"
  const { headNoun, passageLead, plainWord } = gazetteer.lexicon.words;
  const stem = longestPhrase(gazetteer.stems, words, at);
  if (stem === null || words[at]?.isCapitalized !== true) return null;
  if (passageLead.has(words[at - 1]?.text ?? '') && words[stem.end]?.isCapitalized !== true)
    return {
      corridors: stem.entries,
      kind: 'passage',
      isName: false,
      isListed: false,
      from: at,
      to: stem.end,
    };
  for (let next = stem.end; next < Math.min(words.length, stem.end + 4); next++) {
    const word = words[next];
    if (word === undefined) break;
    if (headNoun.has(word.text))
      return {
        corridors: stem.entries,
        kind: 'passage',
        isName: true,
        isListed: true,
        from: at,
        to: next + 1,
      };
    if (!word.isCapitalized && word.text !== 'or' && !plainWord.has(word.text)) break;
  }
  return null;
}

/** "blockade of the people of Artsakh", "Artsakh under blockade", "besieged Madaya". */
function siegeAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const word = words[at];
  if (word === undefined) return null;
  const siege = (corridors: readonly string[], to: number): Mention => ({
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
  if (!isSiege && !gazetteer.lexicon.words.siegeWord.has(word.text)) return null;
  if (isSiege && !['of', 'on', 'against'].includes(words[at + 1]?.text ?? '')) return null;
  for (let next = at + 1; next < Math.min(words.length, at + 8); next++) {
    const found = longestPhrase(gazetteer.territories, words, next);
    if (found !== null) return siege(found.entries, found.end);
    if (words[next]?.isCapitalized === true) return null;
  }
  return null;
}

function isSiegeNoun(word: Word | undefined): boolean {
  return word?.text === 'blockade' || word?.text === 'siege';
}

function contextAt(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): Mention | null {
  const word = words[at];
  const state = stateOf(word?.text, gazetteer.lexicon.words);
  if (state !== undefined && word?.text !== 'blocking') {
    if (gazetteer.lexicon.words.verbLead.has(words[at - 1]?.text ?? '')) return null;
    const isFree = word?.text === 'blockade' || hasDeterminer(gazetteer, words, at);
    if (!isFree || isOfAnotherPlace(gazetteer, words, at)) return null;
    return {
      corridors: gazetteer.corridors,
      kind: state,
      isName: false,
      isListed: false,
      from: at,
      to: at + 1,
    };
  }
  const context = longestPhrase(gazetteer.context, words, at);
  if (context === null) return null;
  const isDetermined = hasDeterminer(gazetteer, words, at);
  const corridors = context.entries
    .filter(({ needsDeterminer }) => isDetermined || !needsDeterminer)
    .map(({ corridor }) => corridor);
  if (corridors.length === 0) return null;
  const isListed = context.entries.some((entry) => entry.isListed);
  return {
    corridors: [...new Set(corridors)],
    kind: 'passage',
    isName: false,
    isListed,
    from: at,
    to: context.end,
  };
}

/** "the ongoing …", "this vital …"; a capital between them names another one ("the Meghri corridor"). */
function hasDeterminer({ lexicon }: CorridorGazetteer, words: readonly Word[], at: number): boolean {
  const { determiner, linkWord } = lexicon.words;
  for (let before = at - 1; before >= Math.max(0, at - 4); before--) {
    const word = words[before];
    if (word === undefined || !words[before + 1]?.isJoined) return false;
    if (determiner.has(word.text)) return true;
    if (isActorWord(lexicon.actors, words, before)) return true;
    if (word.isCapitalized || linkWord.has(word.text)) return false;
  }
  return false;
}

/** "the blockade of Gaza" where Gaza is no territory of a corridor; "the Gaza blockade". */
function isOfAnotherPlace(gazetteer: CorridorGazetteer, words: readonly Word[], at: number): boolean {
  const { lexicon } = gazetteer;
  const { determiner, linkWord } = lexicon.words;
  const before = words[at - 1]?.text === 's' ? at - 2 : at - 1;
  const lead = words[before];
  const isPlace = before > 0 && lead?.isCapitalized === true && !determiner.has(lead.text);
  if (isPlace && !isActorWord(lexicon.actors, words, before)) return true;
  if (!linkWord.has(words[at + 1]?.text ?? '')) return false;
  for (let next = at + 2; next < Math.min(words.length, at + 6); next++) {
    if (longestPhrase(gazetteer.names, words, next) !== null) return false;
    if (longestPhrase(gazetteer.territories, words, next) !== null) return false;
    if (words[next]?.isCapitalized === true) return nameAt(gazetteer, words, next) === null;
  }
  return false;
}

/** "the closure of the Lachin corridor" and "the Lachin corridor's closure" name one state of one corridor. */
function mergeStates(
  mentions: readonly Mention[],
  words: readonly Word[],
  lists: WordLists,
): readonly Mention[] {
  const merged: Mention[] = [];
  for (const mention of mentions) {
    const before = merged.at(-1);
    const joined = before === undefined ? null : joinedState(before, mention, words, lists);
    if (joined === null) merged.push(mention);
    else merged[merged.length - 1] = joined;
  }
  return merged.map((mention) => withState(mention, words, lists));
}

function joinedState(
  state: Mention,
  passage: Mention,
  words: readonly Word[],
  { linkWord }: WordLists,
): Mention | null {
  if (state.kind === 'passage' || passage.kind !== 'passage') return null;
  const between = words.slice(state.to, passage.from);
  const isLinked = linkWord.has(between[0]?.text ?? '') && between.length <= 4;
  if (!isLinked || between.some(({ isJoined }) => !isJoined)) return null;
  return { ...passage, kind: state.kind, from: state.from };
}

function withState(mention: Mention, words: readonly Word[], lists: WordLists): Mention {
  if (mention.kind !== 'passage') return mention;
  const isPossessive = words[mention.to]?.text === 's';
  const at = isPossessive ? mention.to + 1 : mention.to;
  const state = words[at]?.isJoined === true ? stateOf(words[at].text, lists) : undefined;
  return state === undefined || words[at]?.text === 'blocking'
    ? mention
    : { ...mention, kind: state, to: at + 1 };
}
