import { skipPossessive } from './actor.form.ts';
import { endOfOffice, isOfState } from './office.reader.ts';
import { endOfName, nameOf, type Reading } from './person.name.ts';
import { type Word } from '../text/word.tokenizer.ts';

/** A state that no data lists, which its offices tell from other names: "Ruritania's foreign minister". */
export interface LearnedState {
  readonly speaker: string;
  readonly isAdjective: boolean;
  readonly next: number;
}

/** "Ruritania" or "Ruritanian" once the text has named an office of it. */
export function learnedStateAt({ words, people }: Reading, at: number): LearnedState | null {
  const word = words[at];
  if (!word?.isCapitalized || people.states.size === 0) return null;
  for (const [state, speaker] of people.states) {
    const [first = '', ...rest] = state.split(' ');
    const isWhole = word.text === first && rest.every((part, index) => words[at + 1 + index]?.text === part);
    if (isWhole) return { speaker, isAdjective: false, next: at + 1 + rest.length };
    if (rest.length === 0 && isDemonym(word.text, first)) return { speaker, isAdjective: true, next: at + 1 };
  }
  return null;
}

/** Each further word is compared with all of them, so a text of made-up names must not teach thousands. */
const statesMax = 24;

/** "Ruritania's defence minister" teaches that Ruritania is one. */
export function learnState(reading: Reading, at: number): void {
  const { words, people, gazetteer } = reading;
  if (people.states.size >= statesMax) return;
  const end = endOfName(reading, at);
  const after = skipPossessive(reading, end);
  if (after === end || end - at > 2 || !isJoinedOffice(words[after])) return;
  const officeEnd = endOfOffice(reading, after);
  const name =
    officeEnd > after && isOfState(gazetteer, words, after, officeEnd) ? nameOf(reading, at, end) : null;
  if (name !== null && !people.bySurname.has(words[end - 1]?.text ?? ''))
    people.states.set(name.toLowerCase(), name);
}

function isJoinedOffice(word: Word | undefined): boolean {
  return word?.isJoined === true && !word.isCapitalized;
}

const demonymEnding = /^(?:n|an|ian|i|ish|ese)s?$/;

function isDemonym(word: string, state: string): boolean {
  const stem = state.slice(0, -1);
  if (!word.startsWith(stem) || word.length <= state.length) return false;
  return demonymEnding.test(word.slice(stem.length)) || demonymEnding.test(word.slice(state.length));
}
