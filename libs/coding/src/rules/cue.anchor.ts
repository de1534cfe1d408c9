import { placesOf } from './cue.pattern.ts';
import { mentionSigns, passageSigns, signs } from '../text/signs.ts';

/** A word, or a sign, that a text must hold for a pattern to fit: a whole one, or one that begins so. */
export interface Anchor {
  readonly text: string;
  readonly isStem: boolean;
}

/** The shortest beginning of a word that is an anchor. */
export const stemLengthMin = 2;

/**
 * For each place of a pattern that tells it, the words one of which a text must hold for the pattern to fit; the least
 * common ones first.
 */
export function anchorsOf(
  pattern: string,
  commonness: (word: string) => number,
): readonly (readonly Anchor[])[] {
  const costOf = (words: readonly string[]) => words.reduce((sum, word) => sum + commonness(word), 0);
  return placesOf(pattern)
    .filter(({ isOptional }) => !isOptional)
    .toSorted((a, b) => costOf(a.alternatives) - costOf(b.alternatives))
    .map(({ alternatives }) => alternatives.map(anchorsOfWord))
    .filter((anchors) => anchors.every((each) => each.length > 0))
    .map((anchors) => anchors.flat());
}

/** How many of the patterns hold a word: what many hold, such as "is", is in many texts as well. */
export function commonnessIn(patterns: readonly string[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const { alternatives } of patterns.flatMap(placesOf))
    for (const word of alternatives) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => counts.get(word) ?? 0;
}

/** Words are cut as expressions cut them: of "cut-off*" it is "cut". */
function anchorsOfWord(word: string): readonly Anchor[] {
  const standing = signAnchors[word];
  if (standing !== undefined) return Array.from(standing, (text) => ({ text, isStem: false }));
  if (/^[A-Z_#*]/.test(word)) return [];
  const runs = word.split('*', 1)[0]?.match(/\w+/g) ?? [];
  const [text] = runs;
  if (text === undefined) return [];
  const isStem = runs.length === 1 && /\w\*$/.test(word);
  return isStem && text.length < stemLengthMin ? [] : [{ text, isStem }];
}

/** The signs any of which a text must hold. */
const signAnchors: Readonly<Record<string, string>> = {
  C: passageSigns,
  D: signs.agreement,
  B: signs.blocked,
  R: signs.restricted,
  M: mentionSigns,
  A: signs.actor,
};
