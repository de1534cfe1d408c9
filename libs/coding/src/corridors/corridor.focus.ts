import { actorNamedAt } from '../actors/actor.finder.ts';
import { type Lexicon } from '../lexicon/coding.lexicon.ts';
import { type Word } from '../text/word.tokenizer.ts';

export interface FocusEvidence {
  /** Sentences since the corridor was last spoken of; null before it ever was. */
  readonly distance: number | null;
  /** Sentences until it will be. */
  readonly ahead: number | null;
  readonly isAnchor: boolean;
  readonly isOnlyOne: boolean;
  /** The publisher tagged a note of a sentence or two with it: there is nothing else that it could speak of. */
  readonly isTaggedNote: boolean;
  /** Share of the text's sentences that mention it. */
  readonly density: number;
}

/** How sure it is that a sentence without a name goes on about the corridor. */
export function salienceOf(
  lexicon: Lexicon,
  evidence: FocusEvidence,
  words: readonly Word[],
  parties: ReadonlySet<string>,
): number {
  const { distance, ahead, isAnchor, isOnlyOne, isTaggedNote, density } = evidence;
  if (isTaggedNote) return 60;
  const recency = distance === null ? leadIn(ahead) : Math.max(0, 50 - 4 * distance);
  const standing = (isAnchor ? 25 : 0) + (isOnlyOne ? 10 : 0) + Math.min(15, Math.round(density * 30));
  return Math.max(0, Math.min(100, recency + standing + topicality(lexicon, words, parties)));
}

/** A text may begin with what a corridor named in the next sentences does to people. */
function leadIn(ahead: number | null): number {
  return ahead === null ? 0 : Math.max(0, 30 - 5 * ahead);
}

function topicality(
  { words: lists, actors }: Lexicon,
  words: readonly Word[],
  parties: ReadonlySet<string>,
): number {
  // Passports and prisons have their own ways of being closed.
  if (words.some(({ text }) => lists.otherTopic.has(text))) return -45;
  let topical = 0;
  let isOfOthers = false;
  let isOfParties = false;
  for (const [at, word] of words.entries()) {
    if (lists.flowNoun.has(word.text) || lists.topicalWord.has(word.text)) topical++;
    const actor = word.isCapitalized ? actorNamedAt(actors, words, at) : null;
    if (actor === null) continue;
    if (parties.has(actor)) isOfParties = true;
    else isOfOthers = true;
  }
  if (topical > 0) return topical > 1 ? 25 : 15;
  return isOfOthers && !isOfParties ? -15 : 0;
}
