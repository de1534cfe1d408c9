import { commandAfter, countryAfter, isWrittenAsName, mediaAt, skipPossessive } from './actor.form.ts';
import { type ActorForm, type ActorGazetteer, officialOf, type Person } from './actor.gazetteer.ts';
import { foldPhrase } from '../text/folded-text.ts';
import { endOfOffice, isOfBody, isOfState, officeOf } from './office.reader.ts';
import { type People } from './people.ts';
import { endOfName, nameOf, placeOf, type Reading } from './person.name.ts';
import { longestPhrase, type PhraseMatch } from '../text/phrase.trie.ts';
import { learnedStateAt, learnState } from './learned.states.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** Someone named in a sentence who may be the one that speaks. */
export interface Actor extends Found {
  readonly isState: boolean;
  readonly start: number;
  readonly end: number;
}

interface Found {
  readonly speaker: string;
  readonly person: string | null;
  /** Of the person, folded; null where the text gives none. */
  readonly office: string | null;
  /** Found in the data or by an office; the others are mere capitalised names. */
  readonly isKnown: boolean;
  /** Index of the word after it. */
  readonly next: number;
}

/** Index of the last word that a subject begins at: "The embattled Norway …". */
const subjectAtMax = 6;

export function findActors(
  gazetteer: ActorGazetteer,
  source: string,
  words: readonly Word[],
  people: People,
): readonly Actor[] {
  const reading: Reading = { gazetteer, source, words, people };
  const actors: Actor[] = [];
  for (let at = 0; at < words.length;) {
    const found = mayOpen(reading, at) ? actorAt(reading, at) : null;
    if (found !== null) {
      const isState = gazetteer.states.has(found.speaker) || people.states.has(found.speaker.toLowerCase());
      // The state that a sentence begins with is what its offices belong to, and those of the sentences that follow.
      if (isState && at <= subjectAtMax) people.scene.state = found.speaker;
      actors.push({ ...found, isState, ...placeOf(reading, at, found.next) });
    }
    at = found?.next ?? at + 1;
  }
  return actors;
}

/** Most words are no one's, which one look tells. */
function mayOpen({ gazetteer, words }: Reading, at: number): boolean {
  const word = words[at];
  return word !== undefined && (word.isCapitalized || gazetteer.openers.has(word.text));
}

/** Whom "Azerbaijani" or "Azerbaijan" names there: a country or an organisation, whatever follows. */
export function actorNamedAt({ forms }: ActorGazetteer, words: readonly Word[], at: number): string | null {
  return longestPhrase(forms, words, at)?.entries[0]?.speaker ?? null;
}

export function actorAt(reading: Reading, at: number): Found | null {
  return formAt(reading, at) ?? officeAt(reading, at) ?? titledAt(reading, at) ?? nameAt(reading, at);
}

/** "France", "France's foreign ministry", "the French Foreign Minister Jane Doe", "Iranian state media". */
function formAt(reading: Reading, at: number): Found | null {
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
function officeAt(reading: Reading, at: number): Found | null {
  const { gazetteer, words } = reading;
  if (!gazetteer.words.office.has(words[at]?.text ?? '')) return null;
  const end = endOfOffice(reading, at);
  const country = countryAfter(reading, end);
  return country === null ? null : named(reading, country.speaker, officeOf(words, at, end), country.end);
}

/** "Foreign Minister Jane Doe", "Mr. Doe", "Foreign Minister Doe of France", and "the President" once introduced. */
function titledAt(reading: Reading, at: number): Found | null {
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

/** A capitalised name: someone whom the text introduced, an official, or just a name. */
function nameAt(reading: Reading, at: number): Found | null {
  const { gazetteer, source, words } = reading;
  const word = words[at];
  if (!word?.isCapitalized || gazetteer.words.notName.has(word.text)) return null;
  const end = endOfName(reading, at);
  const isTitle = words
    .slice(at, end)
    .every(({ text }) => gazetteer.words.title.has(text) || gazetteer.words.office.has(text));
  const name = end === at || isTitle ? null : nameOf(reading, at, end);
  if (name === null) return null;
  const states = reading.people.states.size;
  learnState(reading, at);
  if (reading.people.states.size > states) return formAt(reading, at);
  // A capital that begins a sentence says nothing, unless the word has capitals inside.
  const isOpener = at === 0 && end === 1 && !/\p{L}\p{Lu}/u.test(source.slice(word.start, word.end));
  const known = personOf(reading, name, false);
  if (known === null && (isOpener || gazetteer.words.sentenceOpener.has(word.text))) return null;
  const { speaker, person } = known ?? { speaker: name, person: null };
  return { speaker, person, office: null, isKnown: known !== null, next: end };
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

function personOf({ gazetteer, people }: Reading, name: string, hasTitle: boolean): Person | null {
  const words = foldPhrase(name).split(' ');
  const introduced = people.bySurname.get(words.at(-1) ?? '');
  const isSame =
    introduced !== undefined &&
    (words.length === 1 || foldPhrase(introduced.person).startsWith(words[0] ?? ''));
  return isSame ? introduced : officialOf(gazetteer, name, hasTitle);
}
