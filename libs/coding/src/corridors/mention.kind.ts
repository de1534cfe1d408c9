import { type WordLists } from '../lexicon/word-lists.ts';

/** What words stand for: the passage itself, or a noun that names its state ("the blockade"). */
export type MentionKind = 'passage' | 'agreement' | 'blocked' | 'restricted';

/** A passage may be an agreement: who leaves that leaves no place. */
export function passageKind(words: readonly string[], { agreementNoun }: WordLists): MentionKind {
  return agreementNoun.has(words.at(-1) ?? '') ? 'agreement' : 'passage';
}

/** What may be laid on a territory. */
export const siegeNouns: ReadonlySet<string> = new Set(['blockade', 'siege']);

/** The state that a noun names: "blockade", "restrictions". */
export function stateOf(
  word: string | undefined,
  { blockedNoun, restrictedNoun }: WordLists,
): 'blocked' | 'restricted' | undefined {
  if (word === undefined) return undefined;
  if (blockedNoun.has(word)) return 'blocked';
  return restrictedNoun.has(word) ? 'restricted' : undefined;
}
