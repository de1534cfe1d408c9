import { type CodableCorridor } from '../coder.ts';
import { type Lexicon } from '../lexicon/coding.lexicon.ts';
import { type CorridorProfile, isGeneric, profileOf } from './corridor.profile.ts';
import { type MentionKind, passageKind, siegeNouns, stateOf } from './mention.kind.ts';
import { type WordLists } from '../lexicon/word-lists.ts';
import { foldPhrase } from '../text/folded-text.ts';
import { addPhrase, emptyTrie, type PhraseTrie } from '../text/phrase.trie.ts';

export interface Mention {
  /** Ids of the corridors that it can mean. */
  readonly corridors: readonly string[];
  readonly kind: MentionKind;
  /** A name stands by itself; context words need a text that is tied to the corridor. */
  readonly isName: boolean;
  /** "These crossings": all of them that the text has named. */
  readonly isPlural: boolean;
  /** The registry lists the words for the corridor, among its names or its context words. */
  readonly isListed: boolean;
  /** They are its own, so that with a party they tie a text to it. */
  readonly isSpecific: boolean;
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
  /** A place that is more than the corridor; only words of passage before it make it one. */
  readonly isPlace: boolean;
  /** The registry's own phrase with a word of its own: with a party in the text it ties the text to the corridor. */
  readonly isSpecific: boolean;
}

export interface CorridorGazetteer {
  readonly names: PhraseTrie<NameEntry>;
  readonly context: PhraseTrie<ContextEntry>;
  /** "Lachin" of "Lachin corridor": with a noun of the class it is a name too. */
  readonly stems: PhraseTrie<string>;
  /** What a blockade is laid on: "Artsakh" of "Artsakh blockade". */
  readonly territories: PhraseTrie<string>;
  /** Where humanitarian access is the corridor: "Tigray" of "Tigray access roads". */
  readonly served: PhraseTrie<string>;
  readonly profiles: ReadonlyMap<string, CorridorProfile>;
  /** The first words of all mentions. */
  readonly openers: ReadonlySet<string>;
  readonly lexicon: Lexicon;
}

export function compileCorridors(corridors: readonly CodableCorridor[], lexicon: Lexicon): CorridorGazetteer {
  const profiles = new Map<string, CorridorProfile>();
  const gazetteer: CorridorGazetteer = {
    names: emptyTrie(),
    context: emptyTrie(),
    stems: emptyTrie(),
    territories: emptyTrie(),
    served: emptyTrie(),
    profiles,
    openers: new Set(),
    lexicon,
  };
  for (const corridor of corridors) {
    const names = [corridor.name, ...Object.values(corridor.names), ...corridor.aliases].map(foldPhrase);
    for (const name of names) addName(gazetteer, corridor.id, name);
    addReferences(gazetteer, corridor.id, names);
    for (const alias of corridor.contextAliases) addContextAlias(gazetteer, corridor.id, alias);
    profiles.set(corridor.id, profileOf(lexicon.words, corridor, names));
  }
  return { ...gazetteer, openers: openersOf(gazetteer) };
}

function openersOf({ names, stems, territories, context, lexicon }: CorridorGazetteer): ReadonlySet<string> {
  const { blockedNoun, restrictedNoun, siegeWord } = lexicon.words;
  const phrases = [names, stems, territories, context].flatMap(({ next }) => [...next.keys()]);
  return new Set([...phrases, ...blockedNoun, ...restrictedNoun, ...siegeWord, ...siegeNouns]);
}

function addName(gazetteer: CorridorGazetteer, id: string, name: string): void {
  const lists = gazetteer.lexicon.words;
  const words = name.split(' ');
  const state = words.find((word) => stateOf(word, lists) !== undefined);
  const kind = stateOf(state, lists) ?? passageKind(words, lists);
  addPhrase(gazetteer.names, name, { corridor: id, kind });
  // Hashtags write names as one word.
  if (words.length > 1) addPhrase(gazetteer.names, words.join(''), { corridor: id, kind });
  if (state !== undefined)
    addPhrase(gazetteer.territories, words.filter((word) => word !== state && word !== 'of').join(' '), id);
  const own = words.filter((word) => !lists.genericName.has(word));
  if (words.some((word) => servesTerritory.has(word)) && own.length > 0)
    for (const place of placesOf(lists, words)) addPhrase(gazetteer.served, place, id);
  if (words[0] === 'strait' || words[0] === 'straits')
    addPhrase(gazetteer.stems, words.slice(2).join(' '), id);
  if (!lists.headNoun.has(words.at(-1) ?? '')) return;
  const stem = words.slice(0, -1).filter((word) => !lists.plainWord.has(word));
  if (stem.length > 0) addPhrase(gazetteer.stems, stem.join(' '), id);
}

/** In a name they say that what lies behind is a territory in need. */
const servesTerritory: ReadonlySet<string> = new Set(['humanitarian', 'access', 'siege', 'evacuation']);

/** The stretches of a name between its generic words. */
function placesOf(lists: WordLists, words: readonly string[]): readonly string[] {
  return words
    .map((word) => (lists.genericName.has(word) ? '|' : word))
    .join(' ')
    .split('|')
    .map((place) => place.trim())
    .filter((place) => place !== '');
}

/** "The waterway" for a strait, "that crossing" for a gate: the nouns of every class that the names belong to. */
function addReferences(gazetteer: CorridorGazetteer, id: string, names: readonly string[]): void {
  const ends = new Set(names.flatMap((name) => [name.split(' ')[0] ?? '', name.split(' ').at(-1) ?? '']));
  for (const { heads, references } of gazetteer.lexicon.passageClasses) {
    if (![...ends].some((word) => heads.has(word))) continue;
    for (const noun of references)
      addPhrase(gazetteer.context, noun, {
        corridor: id,
        needsDeterminer: true,
        isListed: false,
        isPlace: false,
        isSpecific: false,
      });
  }
}

function addContextAlias(gazetteer: CorridorGazetteer, id: string, written: string): void {
  const alias = foldPhrase(written);
  const needsDeterminer = alias.startsWith('the ');
  const words = (needsDeterminer ? alias.slice(4) : alias).split(' ');
  const isName = /^\p{Lu}/u.test(written);
  addPhrase(gazetteer.context, words.join(' '), {
    corridor: id,
    needsDeterminer,
    isListed: true,
    isPlace: words.length === 1 && isName,
    isSpecific:
      !needsDeterminer &&
      (words.length > 1 || isName) &&
      words.some((word) => !isGeneric(gazetteer.lexicon.words, word)),
  });
}
