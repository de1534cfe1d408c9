import { type CodingData } from '../lexicon/coding-data.schema.ts';
import { foldPhrase } from '../text/folded-text.ts';
import { addPhrase, emptyTrie, type PhraseTrie } from '../text/phrase.trie.ts';
import { type WordLists } from '../lexicon/word-lists.ts';

export interface Person {
  readonly speaker: string;
  readonly person: string;
}

/** An official of the data; whose surname is known well enough speaks under it alone. */
interface Official extends Person {
  readonly bySurname: boolean;
}

export interface ActorForm {
  readonly speaker: string;
  readonly isAdjective: boolean;
}

/** Whom texts may name as the one that speaks. */
export interface ActorGazetteer {
  /** Countries and organisations by all their names. */
  readonly forms: PhraseTrie<ActorForm>;
  /** Offices that name a voice by themselves, and whose they are. */
  readonly offices: PhraseTrie<string>;
  /** By the folded surname. */
  readonly officials: ReadonlyMap<string, readonly Official[]>;
  /** Publishers by their folded names. */
  readonly publishers: ReadonlyMap<string, string>;
  readonly states: ReadonlySet<string>;
  /** Publishers that are neither states nor newspapers. */
  readonly bodies: ReadonlySet<string>;
  /** Organisations that bring aid and rule no road. */
  readonly reliefAgencies: ReadonlySet<string>;
  /** Countries by their folded adjectives of one word. */
  readonly demonyms: ReadonlyMap<string, string>;
  /** Whoever begins with none of these has a capital. */
  readonly openers: ReadonlySet<string>;
  readonly words: WordLists;
}

const bodyKinds: ReadonlySet<string> = new Set(['un', 'icrc', 'ngo', 'court', 'party']);

export function compileActors(data: CodingData, words: WordLists): ActorGazetteer {
  const forms = emptyTrie<ActorForm>();
  const add = (name: string, speaker: string, isAdjective = false) => {
    addPhrase(forms, foldPhrase(name), { speaker, isAdjective });
  };
  for (const { name: speaker, adjectives, names } of data.countries) {
    for (const name of [speaker, ...names]) add(name, speaker);
    for (const adjective of adjectives) {
      add(adjective, speaker, true);
      add(`${adjective}s`, speaker);
    }
  }
  for (const { name: speaker, adjectives, names } of data.organisations) {
    for (const name of [speaker, ...names]) add(name, speaker);
    for (const adjective of adjectives) add(adjective, speaker, true);
  }
  const offices = emptyTrie<string>();
  for (const { office, speaker } of data.offices) addPhrase(offices, foldPhrase(office), speaker);
  const officials = data.officials.map(({ name, speaker, bySurname = false }): Official => {
    return { speaker, person: name, bySurname };
  });
  return {
    forms,
    offices,
    officials: Map.groupBy(officials, ({ person }) => surnameOf(person)),
    publishers: new Map(data.publishers.map(({ name, speaker }) => [foldPhrase(name), speaker])),
    states: new Set(data.countries.map(({ name }) => name)),
    bodies: new Set(data.publishers.filter(({ kind }) => bodyKinds.has(kind)).map(({ speaker }) => speaker)),
    reliefAgencies: new Set(
      data.organisations.filter(({ isReliefAgency }) => isReliefAgency === true).map(({ name }) => name),
    ),
    demonyms: new Map(
      data.countries.flatMap(({ name, adjectives }) =>
        adjectives.map((adjective) => [foldPhrase(adjective), name]),
      ),
    ),
    openers: new Set([...forms.next.keys(), ...offices.next.keys(), ...words.office, ...words.title]),
    words,
  };
}

/** An official by the name as written: in full, by the surname after a title, or by it alone where that is enough. */
export function officialOf({ officials }: ActorGazetteer, name: string, hasTitle: boolean): Person | null {
  const words = foldPhrase(name).split(' ');
  const known = officials.get(words.at(-1) ?? '') ?? [];
  const first = words[0] ?? '';
  const found = known.find(({ person, bySurname }) =>
    words.length === 1 ? hasTitle || bySurname : foldPhrase(person).startsWith(`${first} `),
  );
  return found ?? null;
}

export function surnameOf(name: string): string {
  return foldPhrase(name).split(' ').at(-1) ?? '';
}
