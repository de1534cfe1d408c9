import { countryAfter, isWrittenAsName, mediaAt, skipPossessive } from './actor.form.ts';
import { type ActorForm, officialOf, type Person } from './actor.gazetteer.ts';
import { foldPhrase } from '../text/folded-text.ts';
import { learnedStateAt } from './learned.states.ts';
import { endOfOffice, officeOf } from './office.reader.ts';
import { endOfName, nameOf, type Reading } from './person.name.ts';
import { longestPhrase, type PhraseMatch } from '../text/phrase.trie.ts';

/** An actor, and where it ends. */
export interface Found {
  readonly speaker: string;
  readonly person: string | null;
  /** Of the person, folded; null where the text gives none. */
  readonly office: string | null;
  /** Found in the data or by an office; the others are mere capitalised names. */
  readonly isKnown: boolean;
  /** Index of the word after it. */
  readonly next: number;
}

/** "France", "France's foreign ministry", "the French Foreign Minister Jane Doe", "Iranian state media". */
export function formAt(reading: Reading, at: number): Found | null {
  const { gazetteer, words } = reading;
  const match = longestPhrase(gazetteer.forms, words, at) ?? learnedForm(reading, at);
  if (match === null || !isWrittenAsName(reading, at, match.end)) return null;
  const society = societyAt(reading, at, match);
  if (society !== null) return society;
  const after = skipPossessive(reading, match.end);
  const media = mediaAt(reading, at, match, after);
  if (media !== null) return { ...media, person: null, office: null, isKnown: true };
  const officeEnd = words[after]?.isJoined === true ? endOfOffice(reading, after) : after;
  const hasOffice = officeEnd > after;
  // "Iranian threats" are Iran's.
  const next = words[after]?.text ?? '';
  const isSaying =
    gazetteer.words.speechNoun.has(next) || (words[at - 1]?.text === 'the' && saidVerbs.has(next));
  const form = match.entries.find(({ isAdjective }) => hasOffice || isSaying || !isAdjective);
  if (form === undefined) return null;
  if (!hasOffice)
    return { speaker: form.speaker, person: null, office: null, isKnown: true, next: match.end };
  return named(reading, form.speaker, officeOf(words, after, officeEnd), officeEnd);
}

/** "The Russian said" in a council of states. */
const saidVerbs: ReadonlySet<string> = new Set(['said', 'told', 'added', 'replied', 'insisted', 'warned']);

function learnedForm(reading: Reading, at: number): PhraseMatch<ActorForm> | null {
  const learned = learnedStateAt(reading, at);
  return learned === null ? null : { entries: [learned], end: learned.next };
}

/** "Armenian National Committee": a society with a people's name speaks for itself. */
function societyAt(reading: Reading, at: number, { entries, end }: PhraseMatch<ActorForm>): Found | null {
  const { gazetteer, words } = reading;
  if (!entries.some(({ isAdjective }) => isAdjective)) return null;
  let next = end;
  while (words[next]?.isCapitalized === true && words[next]?.isJoined === true) next++;
  if (next === end || !gazetteer.words.society.has(words[next - 1]?.text ?? '')) return null;
  const speaker = nameOf(reading, at, next);
  return speaker === null ? null : { speaker, person: null, office: null, isKnown: true, next };
}

/** "The government of France", "the foreign minister of France, Jane Doe" up to the country. */
export function officeAt(reading: Reading, at: number): Found | null {
  const { gazetteer, words } = reading;
  if (!gazetteer.words.office.has(words[at]?.text ?? '')) return null;
  const end = endOfOffice(reading, at);
  const country = countryAfter(reading, end);
  return country === null ? null : named(reading, country.speaker, officeOf(words, at, end), country.end);
}

/** After an office: the name, or nobody's. */
function named(reading: Reading, speaker: string, office: string, at: number): Found {
  // "The leaders of France, Germany and Italy" are three.
  const isName = isNextTo(reading, at) && longestPhrase(reading.gazetteer.forms, reading.words, at) === null;
  const end = isName ? endOfName(reading, at) : at;
  const name = end === at ? null : nameOf(reading, at, end);
  if (name === null) return { speaker, person: null, office: null, isKnown: true, next: at };
  const known = name.includes(' ') ? null : personOf(reading, name, true);
  const person = known?.speaker === speaker ? known.person : name;
  return { speaker, person, office, isKnown: true, next: end };
}

/** No quote, colon or bracket stands before the word. */
function isNextTo({ source, words }: Reading, at: number): boolean {
  return /^[\s,.'’-]*$/.test(source.slice(words[at - 1]?.end, words[at]?.start));
}

/** Whom a name means: someone whom the text introduced, or an official. */
export function personOf({ gazetteer, people }: Reading, name: string, hasTitle: boolean): Person | null {
  const words = foldPhrase(name).split(' ');
  const introduced = people.bySurname.get(words.at(-1) ?? '');
  const isSame =
    introduced !== undefined &&
    (words.length === 1 || foldPhrase(introduced.person).startsWith(words[0] ?? ''));
  return isSame ? introduced : officialOf(gazetteer, name, hasTitle);
}
