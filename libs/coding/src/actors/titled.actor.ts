import { commandAfter, countryAfter } from './actor.form.ts';
import { type Found, formAt, personOf } from './named.actor.ts';
import { endOfOffice, isOfBody, isOfState, officeOf } from './office.reader.ts';
import { endOfName, nameOf, type Reading } from './person.name.ts';
import { longestPhrase } from '../text/phrase.trie.ts';

/** "Foreign Minister Jane Doe", "Mr. Doe", "Foreign Minister Doe of France", and "the President" once introduced. */
export function titledAt(reading: Reading, at: number): Found | null {
  const { gazetteer, words, people } = reading;
  const word = words[at];
  const { title, office: officeWords } = gazetteer.words;
  const voice = longestPhrase(gazetteer.offices, words, at);
  const isOffice =
    title.has(word?.text ?? '') || officeWords.has(word?.text ?? '') || isDepartment(reading, at);
  if (word === undefined || (voice === null && !isOffice)) return null;
  const end = Math.max(voice?.end ?? 0, endOfOffice(reading, at, title));
  const office = officeOf(words, at, end);
  // "Mr Prime Minister, Norway says" names nobody.
  const isNamed = word.isCapitalized && formAt(reading, end) === null;
  const nameEnd = isNamed ? endOfName(reading, end) : end;
  const name = nameEnd === end ? null : nameOf(reading, end, nameEnd);
  if (name === null) return roleAt(reading, at, end, voice?.entries[0]);
  const country = countryAfter(reading, nameEnd) ?? commandAfter(reading, nameEnd);
  const known = personOf(reading, name, true);
  const home = isOfState(gazetteer, words, at, end) ? (people.home ?? people.scene.state) : null;
  const house = isOfBody(gazetteer, words, at, end) ? people.house : null;
  const speaker = country?.speaker ?? known?.speaker ?? voice?.entries[0] ?? house ?? home ?? name;
  const person = known !== null && known.speaker === speaker && !name.includes(' ') ? known.person : name;
  return { speaker, person, office, isKnown: true, next: country?.end ?? nameEnd };
}

/** "Oil Minister": no office by itself. */
function isDepartment({ gazetteer, words }: Reading, at: number): boolean {
  const next = words[at + 1];
  return (
    words[at]?.isCapitalized === true &&
    next?.isCapitalized === true &&
    next.isJoined &&
    gazetteer.words.officeHead.has(next.text)
  );
}

/** "The President", "the foreign ministry" in the text of a state, or of someone whom the text has introduced. */
function roleAt(reading: Reading, at: number, end: number, voice: string | undefined): Found | null {
  const { gazetteer, words, people } = reading;
  const office = officeOf(words, at, end);
  const isDefinite = words[at - 1]?.text === 'the' && words[at]?.isJoined === true;
  const introduced = isDefinite ? (people.byOffice.get(office) ?? null) : null;
  if (introduced !== null) return { ...introduced, office, isKnown: true, next: end };
  // "The president" in lower case may be anybody's.
  const isOfHome =
    isDefinite &&
    words[at]?.isCapitalized === true &&
    gazetteer.words.stateOffice.has(words[end - 1]?.text ?? '');
  const isOfReported = isDefinite && governing.has(words[end - 1]?.text ?? '');
  const speaker = voice ?? (isOfReported ? people.reported : null) ?? (isOfHome ? people.home : null);
  return speaker === null ? null : { speaker, person: null, office: null, isKnown: true, next: end };
}

const governing: ReadonlySet<string> = new Set([
  'government',
  'authorities',
  'ministry',
  'officials',
  'parliament',
]);
