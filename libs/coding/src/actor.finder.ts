import { type ActorGazetteer, type People, personBySurname, surnameOf } from './actor.gazetteer.ts';
import { foldPhrase, foldText } from './folded-text.ts';
import { longestPhrase } from './phrase.trie.ts';
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

export function findActors(
  gazetteer: ActorGazetteer,
  source: string,
  words: readonly Word[],
  people: People,
): readonly Actor[] {
  const reading = { gazetteer, source, words, people };
  const actors: Actor[] = [];
  for (let at = 0; at < words.length;) {
    const found = actorAt(reading, at);
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
export function publisherVoice(gazetteer: ActorGazetteer, publisher: string): string {
  const listed = gazetteer.publishers.get(foldPhrase(publisher));
  if (listed !== undefined) return listed;
  const words = tokenize(publisher, foldText(publisher));
  const reading = { gazetteer, source: publisher, words, people: new Map() };
  const found = actorAt(reading, words[0]?.text === 'the' ? 1 : 0);
  return found?.actor.isKnown === true && found.end === words.length ? found.actor.speaker : publisher;
}

/** What is read, and by which lists. */
interface Reading {
  readonly gazetteer: ActorGazetteer;
  readonly source: string;
  readonly words: readonly Word[];
  readonly people: People;
}

interface Found {
  readonly actor: Actor;
  readonly end: number;
}

function actorAt(reading: Reading, at: number): Found | null {
  return formAt(reading, at) ?? officeAt(reading, at) ?? nameAt(reading, at);
}

/** "France", "France's foreign ministry", "the French Foreign Minister Jane Doe". */
function formAt(reading: Reading, at: number): Found | null {
  const { gazetteer, words } = reading;
  const match = longestPhrase(gazetteer.forms, words, at);
  if (match === null || !isWrittenAsName(reading, at, match.end)) return null;
  const after = skipPossessive(reading, match.end);
  const officeEnd = endOfOffice(reading, after);
  const hasOffice = officeEnd > after;
  const form = match.entries.find(({ isAdjective }) => hasOffice || !isAdjective);
  if (form === undefined) return null;
  const nameEnd = hasOffice ? endOfName(reading, officeEnd) : officeEnd;
  return found(reading, at, nameEnd, form.speaker, nameEnd > officeEnd ? officeEnd : null);
}

/** "Foreign Minister Jane Doe", "the government of France", "Mr. Doe". */
function officeAt(reading: Reading, at: number): Found | null {
  const { gazetteer, words } = reading;
  const word = words[at];
  if (word === undefined || !gazetteer.words.office.has(word.text)) return titledAt(reading, at);
  const end = endOfOffice(reading, at);
  const link = words[end]?.text;
  if (link === 'of' || link === 'for') {
    let country = end + 1;
    if (words[country]?.text === 'the') country++;
    if (words[country]?.text === 'republic' && words[country + 1]?.text === 'of') country += 2;
    const match = longestPhrase(gazetteer.forms, words, country);
    const form = match?.entries.find(({ isAdjective }) => !isAdjective);
    if (match !== null && form !== undefined) {
      const nameEnd = endOfName(reading, match.end);
      return found(reading, at, nameEnd, form.speaker, nameEnd > match.end ? match.end : null);
    }
  }
  return titledAt(reading, at);
}

function titledAt(reading: Reading, at: number): Found | null {
  const { gazetteer, words, people } = reading;
  const word = words[at];
  if (!word?.isCapitalized) return null;
  const office = longestPhrase(gazetteer.offices, words, at);
  const isTitle = gazetteer.words.title.has(word.text) || gazetteer.words.office.has(word.text);
  if (office === null && !isTitle) return null;
  const officeEnd = office?.end ?? endOfOffice(reading, at, gazetteer.words.title);
  const nameEnd = endOfName(reading, officeEnd);
  if (nameEnd === officeEnd) {
    const speaker = office?.entries[0];
    return speaker === undefined ? null : found(reading, at, officeEnd, speaker, null);
  }
  if (isTooLong(reading.source, words, officeEnd, nameEnd)) return null;
  const person = nameOf(reading.source, words, officeEnd, nameEnd);
  const known = personBySurname(gazetteer, surnameOf(person), people);
  const speaker = known?.speaker ?? office?.entries[0] ?? person;
  return found(reading, at, nameEnd, speaker, officeEnd, known?.person);
}

/** A capitalised name: someone whom the text introduced, or just a name. */
function nameAt(reading: Reading, at: number): Found | null {
  const { gazetteer, source, words, people } = reading;
  const word = words[at];
  if (!word?.isCapitalized || gazetteer.words.notName.has(word.text)) return null;
  const end = endOfName(reading, at);
  if (end === at || isTooLong(source, words, at, end)) return null;
  // A capital that begins a sentence says nothing, unless the word has capitals inside.
  const isOpener = at === 0 && end === 1 && !/\p{L}\p{Lu}/u.test(source.slice(word.start, word.end));
  const name = nameOf(source, words, at, end);
  const known = personBySurname(gazetteer, surnameOf(name), people);
  if (known === null && (isOpener || gazetteer.words.sentenceOpener.has(word.text))) return null;
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
  { source, words }: Reading,
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
function endOfOffice({ gazetteer, words }: Reading, at: number, allowed?: ReadonlySet<string>): number {
  let end = at;
  for (let next = at; next < Math.min(words.length, at + 12); next++) {
    const word = words[next];
    if (word === undefined || (next > at && !word.isJoined)) break;
    if (gazetteer.words.office.has(word.text) || allowed?.has(word.text) === true) end = next + 1;
    else if (!['of', 'for', 'and', 'the'].includes(word.text)) break;
  }
  return end;
}

function endOfName({ gazetteer, words, people }: Reading, at: number): number {
  let end = at;
  while (end < Math.min(words.length, at + 5)) {
    const word = words[end];
    if (!word?.isCapitalized || (end > at && !word.isJoined) || gazetteer.words.notName.has(word.text)) break;
    end++;
    if (people.has(word.text) || longestPhrase(gazetteer.forms, words, end) !== null) break;
  }
  return end;
}

function skipPossessive({ source, words }: Reading, at: number): number {
  const word = words[at];
  if (word?.text === 's' && /['’]/.test(source[word.start - 1] ?? '')) return at + 1;
  return at;
}

function isWrittenAsName({ gazetteer, source, words }: Reading, at: number, end: number): boolean {
  const span = spanOf(source, words, at, end);
  const written = source.slice(span.start, span.end);
  if (end - at === 1 && gazetteer.words.casedForm.has(words[at]?.text ?? ''))
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

/** Whom "Azerbaijani" or "Azerbaijan" names there: a country or an organisation, whatever follows. */
export function actorNamedAt({ forms }: ActorGazetteer, words: readonly Word[], at: number): string | null {
  return longestPhrase(forms, words, at)?.entries[0]?.speaker ?? null;
}
