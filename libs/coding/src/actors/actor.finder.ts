import { type ActorGazetteer } from './actor.gazetteer.ts';
import { formAt, type Found, officeAt, personOf } from './named.actor.ts';
import { learnState } from './learned.states.ts';
import { type People } from './people.ts';
import { endOfName, nameOf, placeOf, type Reading } from './person.name.ts';
import { longestPhrase } from '../text/phrase.trie.ts';
import { titledAt } from './titled.actor.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** Someone named in a sentence who may be the one that speaks. */
export interface Actor extends Found {
  readonly isState: boolean;
  readonly start: number;
  readonly end: number;
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
