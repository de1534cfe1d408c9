import {
  casedForms,
  countries,
  officesOfCountries,
  officeWords,
  officials,
  organisations,
  titleWords,
} from './actor.table.ts';
import { sentenceOpeners } from './abbreviation.table.ts';
import { foldPhrase, foldText } from './folded-text.ts';
import { addPhrase, emptyTrie, longestPhrase } from './phrase.trie.ts';
import { tokenize, type Word } from './word.tokenizer.ts';

/** Someone named in a sentence who may be the one that speaks. */
export interface Actor {
  readonly speaker: string;
  readonly person: string | null;
  /** Found in a table or by an office; the others are mere capitalised names. */
  readonly isKnown: boolean;
  readonly start: number;
  readonly end: number;
}

/** Surname (folded) → who they speak for; grows as a text introduces people. */
export type People = Map<string, { readonly speaker: string; readonly person: string }>;

interface Form {
  readonly speaker: string;
  readonly isAdjective: boolean;
}

const forms = formTrie();
const offices = officeTrie();
const knownPeople = peopleOfTable();

export function findActors(source: string, words: readonly Word[], people: People): readonly Actor[] {
  const actors: Actor[] = [];
  for (let at = 0; at < words.length;) {
    const found = actorAt(source, words, at, people);
    if (found === null) {
      at++;
      continue;
    }
    actors.push(found.actor);
    at = found.end;
  }
  return actors;
}

/** Whom a publisher speaks for: a government's organ for its country, anyone else for itself. */
export function publisherVoice(publisher: string): string {
  const words = tokenize(publisher, foldText(publisher));
  const found = actorAt(publisher, words, words[0]?.text === 'the' ? 1 : 0, new Map());
  return found?.actor.isKnown === true && found.end === words.length ? found.actor.speaker : publisher;
}

/** The people whom a title presents, each by the surname. */
export function rememberPeople(actors: readonly Pick<Actor, 'person' | 'speaker'>[], people: People): void {
  for (const { person, speaker } of actors) {
    if (person !== null) people.set(surnameOf(person), { speaker, person });
  }
}

export function personBySurname(surname: string, people: People) {
  return people.get(surname) ?? knownPeople.get(surname) ?? null;
}

interface Found {
  readonly actor: Actor;
  readonly end: number;
}

function actorAt(source: string, words: readonly Word[], at: number, people: People): Found | null {
  return (
    formAt(source, words, at, people) ??
    officeAt(source, words, at, people) ??
    nameAt(source, words, at, people)
  );
}

/** "France", "France's foreign ministry", "the French Foreign Minister Jane Doe". */
function formAt(source: string, words: readonly Word[], at: number, people: People): Found | null {
  const match = longestPhrase(forms, words, at);
  if (match === null || !isWrittenAsName(source, words, at, match.end)) return null;
  const after = skipPossessive(source, words, match.end);
  const officeEnd = endOfOffice(words, after);
  const hasOffice = officeEnd > after;
  const form = match.entries.find(({ isAdjective }) => hasOffice || !isAdjective);
  if (form === undefined) return null;
  const nameEnd = hasOffice ? endOfName(words, officeEnd, people) : officeEnd;
  return found(source, words, at, nameEnd, form.speaker, nameEnd > officeEnd ? officeEnd : null);
}

/** "Foreign Minister Jane Doe", "the government of France", "Mr. Doe". */
function officeAt(source: string, words: readonly Word[], at: number, people: People): Found | null {
  const word = words[at];
  if (word === undefined || !officeWords.has(word.text)) return titledAt(source, words, at, people);
  const end = endOfOffice(words, at);
  const link = words[end]?.text;
  if (link === 'of' || link === 'for') {
    let country = end + 1;
    if (words[country]?.text === 'the') country++;
    if (words[country]?.text === 'republic' && words[country + 1]?.text === 'of') country += 2;
    const match = longestPhrase(forms, words, country);
    const form = match?.entries.find(({ isAdjective }) => !isAdjective);
    if (match !== null && form !== undefined) {
      const nameEnd = endOfName(words, match.end, people);
      return found(source, words, at, nameEnd, form.speaker, nameEnd > match.end ? match.end : null);
    }
  }
  return titledAt(source, words, at, people);
}

function titledAt(source: string, words: readonly Word[], at: number, people: People): Found | null {
  const word = words[at];
  if (!word?.isCapitalized) return null;
  const office = longestPhrase(offices, words, at);
  const isTitle = titleWords.has(word.text) || officeWords.has(word.text);
  if (office === null && !isTitle) return null;
  const officeEnd = office?.end ?? endOfOffice(words, at, titleWords);
  const nameEnd = endOfName(words, officeEnd, people);
  if (nameEnd === officeEnd) {
    const speaker = office?.entries[0];
    return speaker === undefined ? null : found(source, words, at, officeEnd, speaker, null);
  }
  if (isTooLong(source, words, officeEnd, nameEnd)) return null;
  const person = nameOf(source, words, officeEnd, nameEnd);
  const known = personBySurname(surnameOf(person), people);
  const speaker = known?.speaker ?? office?.entries[0] ?? person;
  return found(source, words, at, nameEnd, speaker, officeEnd, known?.person);
}

/** A capitalised name: someone whom the text introduced, or just a name. */
function nameAt(source: string, words: readonly Word[], at: number, people: People): Found | null {
  const word = words[at];
  if (!word?.isCapitalized || notNames.has(word.text)) return null;
  const end = endOfName(words, at, people);
  if (end === at || isTooLong(source, words, at, end)) return null;
  // A capital that begins a sentence says nothing, unless the word has capitals inside.
  const isOpener = at === 0 && end === 1 && !/\p{L}\p{Lu}/u.test(source.slice(word.start, word.end));
  const name = nameOf(source, words, at, end);
  const known = personBySurname(surnameOf(name), people);
  if (known === null && (isOpener || sentenceOpeners.has(word.text))) return null;
  const speaker = known?.speaker ?? name;
  return {
    actor: {
      speaker,
      person: known?.person ?? null,
      isKnown: known !== null,
      ...spanOf(source, words, at, end),
    },
    end,
  };
}

function found(
  source: string,
  words: readonly Word[],
  at: number,
  end: number,
  speaker: string,
  nameStart: number | null,
  knownAs?: string,
): Found {
  const hasName = nameStart !== null && !isTooLong(source, words, nameStart, end);
  const written = !hasName ? null : nameOf(source, words, nameStart, end);
  const person = knownAs !== undefined && (written?.split(' ').length ?? 0) < 2 ? knownAs : written;
  return { actor: { speaker, person, isKnown: true, ...spanOf(source, words, at, end) }, end };
}

function spanOf(source: string, words: readonly Word[], at: number, end: number) {
  const [start, stop] = [words[at]?.start ?? 0, words[end - 1]?.end ?? 0];
  // The last full stop of "U.S." belongs to it.
  const isAbbreviation = /\.\p{L}$/u.test(source.slice(stop - 2, stop)) && source[stop] === '.';
  return { start, end: isAbbreviation ? stop + 1 : stop };
}

/** Index after the office words from there on; "of", "for", "and" count when an office word follows. */
function endOfOffice(words: readonly Word[], at: number, allowed: ReadonlySet<string> = officeWords): number {
  let end = at;
  for (let next = at; next < Math.min(words.length, at + 12); next++) {
    const word = words[next];
    if (word === undefined || (next > at && !word.isJoined)) break;
    if (allowed.has(word.text) || officeWords.has(word.text)) end = next + 1;
    else if (!['of', 'for', 'and', 'the'].includes(word.text)) break;
  }
  return end;
}

function endOfName(words: readonly Word[], at: number, people: People): number {
  let end = at;
  while (end < Math.min(words.length, at + 5)) {
    const word = words[end];
    if (!word?.isCapitalized || (end > at && !word.isJoined) || notNames.has(word.text)) break;
    end++;
    if (people.has(word.text) || longestPhrase(forms, words, end) !== null) break;
  }
  return end;
}

function skipPossessive(source: string, words: readonly Word[], at: number): number {
  const word = words[at];
  if (word?.text === 's' && /['’]/.test(source[word.start - 1] ?? '')) return at + 1;
  return at;
}

function isWrittenAsName(source: string, words: readonly Word[], at: number, end: number): boolean {
  const span = spanOf(source, words, at, end);
  const written = source.slice(span.start, span.end);
  if (end - at === 1 && casedForms.has(words[at]?.text ?? ''))
    return words[at]?.text.length === 2 || words[at]?.text === 'who'
      ? written === written.toUpperCase()
      : /^\p{Lu}/u.test(written);
  return /\p{Lu}/u.test(written);
}

/** No name is that long; claims refuse what is. */
const nameLengthMax = 150;

function isTooLong(source: string, words: readonly Word[], at: number, end: number): boolean {
  const span = spanOf(source, words, at, end);
  return span.end - span.start > nameLengthMax;
}

function nameOf(source: string, words: readonly Word[], at: number, end: number): string {
  const { start, end: stop } = spanOf(source, words, at, end);
  return source.slice(start, stop).replace(/[[\]]/g, '').replace(/\s+/g, ' ');
}

export function surnameOf(name: string): string {
  return foldPhrase(name).split(' ').at(-1) ?? '';
}

/** Capitalised words that are no part of a person's name. */
const notNames: ReadonlySet<string> = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august ' +
    'september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ' +
    'i q a'
  ).split(' '),
);

function formTrie() {
  const trie = emptyTrie<Form>();
  for (const row of countries) {
    const [speaker = '', adjectives = '', names = ''] = row.split('|');
    for (const name of [speaker, ...names.split(',')])
      if (name !== '') addPhrase(trie, foldPhrase(name), { speaker, isAdjective: false });
    for (const adjective of adjectives.split(','))
      if (adjective !== '') {
        addPhrase(trie, foldPhrase(adjective), { speaker, isAdjective: true });
        addPhrase(trie, `${foldPhrase(adjective)}s`, { speaker, isAdjective: false });
      }
  }
  for (const row of organisations) {
    const [speaker = '', names = ''] = row.split('|');
    for (const name of [speaker, ...names.split(',')])
      if (name !== '') addPhrase(trie, foldPhrase(name), { speaker, isAdjective: false });
  }
  return trie;
}

function officeTrie() {
  const trie = emptyTrie<string>();
  for (const row of officesOfCountries) {
    const [office = '', speaker = ''] = row.split('|');
    addPhrase(trie, office, speaker);
  }
  return trie;
}

function peopleOfTable(): People {
  return new Map(
    officials.map((row) => {
      const [person = '', speaker = ''] = row.split('|');
      return [surnameOf(person), { speaker, person }];
    }),
  );
}

/** "Azerbaijani", "Azerbaijan": a country or an organisation, whatever follows. */
export function isActorWord(words: readonly Word[], at: number): boolean {
  return longestPhrase(forms, words, at) !== null;
}
