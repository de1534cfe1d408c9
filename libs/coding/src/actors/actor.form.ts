import { placeOf, type Reading } from './person.name.ts';
import { longestPhrase, type PhraseMatch } from '../text/phrase.trie.ts';

/** Media of a country speak for themselves. */
export function mediaAt(
  { gazetteer, source, words }: Reading,
  at: number,
  { entries, end }: PhraseMatch<{ readonly isAdjective: boolean }>,
  after: number,
): { readonly speaker: string; readonly next: number } | null {
  if (!entries.some(({ isAdjective }) => isAdjective)) return null;
  let next = after;
  while (gazetteer.words.mediaKind.has(words[next]?.text ?? '') && words[next]?.isJoined === true) next++;
  if (!gazetteer.words.mediaNoun.has(words[next]?.text ?? '')) return null;
  const adjective = source.slice(words[at]?.start, words[end - 1]?.end);
  const isState = words.slice(after, next).some(({ text }) => text === 'state');
  const speaker = `${adjective} ${isState ? 'state ' : ''}media`;
  return { speaker, next: next + 1 };
}

/** "Of France", "of the Republic of Armenia", "for the United Nations". */
export function countryAfter(
  { gazetteer, words }: Reading,
  at: number,
): { speaker: string; end: number } | null {
  if (!['of', 'for', 'from'].includes(words[at]?.text ?? '') || words[at]?.isJoined !== true) return null;
  let country = at + 1;
  if (words[country]?.text === 'the') country++;
  const match = longestPhrase(gazetteer.forms, words, country);
  const form = match?.entries.find(({ isAdjective }) => !isAdjective);
  return match === null || form === undefined ? null : { speaker: form.speaker, end: match.end };
}

/** "…, who commands Iran's navy"; the words stay outside the name. */
export function commandAfter(
  { gazetteer, words }: Reading,
  at: number,
): { speaker: string; end: number } | null {
  if (words[at]?.text !== 'who' || !commanding.has(words[at + 1]?.text ?? '')) return null;
  const first = words[at + 2]?.text === 'the' ? at + 3 : at + 2;
  const speaker = longestPhrase(gazetteer.forms, words, first)?.entries[0]?.speaker;
  return speaker === undefined ? null : { speaker, end: at };
}

const commanding: ReadonlySet<string> = new Set([
  'commands',
  'heads',
  'leads',
  'runs',
  'chairs',
  'represents',
]);

export function skipPossessive({ source, words }: Reading, at: number): number {
  const word = words[at];
  return word?.text === 's' && /['’]/.test(source[word.start - 1] ?? '') ? at + 1 : at;
}

export function isWrittenAsName(reading: Reading, at: number, end: number): boolean {
  const place = placeOf(reading, at, end);
  const written = reading.source.slice(place.start, place.end);
  const word = reading.words[at]?.text ?? '';
  // "A U.S. official" is not the A.U.'s.
  const isInitials = reading.words.slice(at, end).every(({ text }) => text.length === 1);
  if (isInitials && written.includes(' ')) return false;
  const isCased = end - at === 1 && reading.gazetteer.words.casedForm.has(word);
  return isCased ? written === written.toUpperCase() : /\p{Lu}/u.test(written);
}
