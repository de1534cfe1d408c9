import { type CodingData } from './coding-data.schema.ts';
import { type WordLists } from './word-lists.ts';
import { foldPhrase } from './folded-text.ts';
import { addPhrase, emptyTrie, type PhraseTrie } from './phrase.trie.ts';

/** Surname (folded) → who they speak for; grows as a text introduces people. */
export type People = Map<string, Person>;

export interface Person {
  readonly speaker: string;
  readonly person: string;
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
  readonly officials: ReadonlyMap<string, Person>;
  /** Publishers by their folded names. */
  readonly publishers: ReadonlyMap<string, string>;
  readonly words: WordLists;
}

export function compileActors(
  { countries, organisations, offices, officials, publishers }: CodingData,
  words: WordLists,
): ActorGazetteer {
  const forms = emptyTrie<ActorForm>();
  for (const { name: speaker, adjectives, names } of countries) {
    for (const name of [speaker, ...names])
      addPhrase(forms, foldPhrase(name), { speaker, isAdjective: false });
    for (const adjective of adjectives.map(foldPhrase)) {
      addPhrase(forms, adjective, { speaker, isAdjective: true });
      addPhrase(forms, `${adjective}s`, { speaker, isAdjective: false });
    }
  }
  for (const { name: speaker, names } of organisations)
    for (const name of [speaker, ...names])
      addPhrase(forms, foldPhrase(name), { speaker, isAdjective: false });
  const officeTrie = emptyTrie<string>();
  for (const { office, speaker } of offices) addPhrase(officeTrie, foldPhrase(office), speaker);
  return {
    forms,
    offices: officeTrie,
    officials: new Map(
      officials.map(({ name, speaker }): [string, Person] => [surnameOf(name), { speaker, person: name }]),
    ),
    publishers: new Map(publishers.map(({ name, speaker }) => [foldPhrase(name), speaker])),
    words,
  };
}

/** The people whom a text presents, each by the surname. */
export function rememberPeople(
  actors: readonly { readonly person: string | null; readonly speaker: string }[],
  people: People,
): void {
  for (const { person, speaker } of actors) {
    if (person !== null) people.set(surnameOf(person), { speaker, person });
  }
}

export function personBySurname(
  { officials }: ActorGazetteer,
  surname: string,
  people: People,
): Person | null {
  return people.get(surname) ?? officials.get(surname) ?? null;
}

export function surnameOf(name: string): string {
  return foldPhrase(name).split(' ').at(-1) ?? '';
}
