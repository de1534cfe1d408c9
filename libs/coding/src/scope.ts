import { type Claim } from '#events';

export type Modality = Claim['modality'];

/** Clauses end here; what a "not" or a "will" governs ends with its clause. */
const clauseEnd = /[,;:—"?!]|\b(?:but|while|although|whereas|because|and that|after|since)\b/g;

const negators = /\b(?:not|never|no|nor|neither|without|hardly|refus\w+|reneg\w+|declin\w+|failed)\b|n't\b/;
const noLonger = /\b(?:no longer|not only|not just)\b/;
const futureWords =
  /\b(?:will|shall|'ll|going to|gonna|plans? to|planning to|prepar\w+ to|intends? to|about to|soon|preparing|set to|to begin)\b/;
const conditionalWords = /\b(?:would|could|might|may|possibility|potential(?:ly)?|if|unless|should)\b/;
const hypothesis =
  /\b(?:if|unless|whether|in case|in the event|as if|until|once|should they|provided that|so that|lest)\b/;
const scareWords = /\b(?:so-called|alleged|purported|claims? of an?)\b/;

/** The part of the sentence before a match that can govern it. */
export function governorsOf(text: string, start: number): string {
  const before = text.slice(Math.max(0, start - 160), start);
  let clause = 0;
  for (const match of before.matchAll(clauseEnd)) clause = match.index + match[0].length;
  return before.slice(clause);
}

export function isNegated(governors: string, matched: string): boolean {
  const near = governors.slice(-40) + matched;
  return negators.test(near.replace(noLonger, ''));
}

/** "No longer closed" says the opposite without disputing anyone. */
export function isNoLonger(governors: string, matched: string): boolean {
  return /\bno longer\b/.test(governors.slice(-40) + matched);
}

export function modalityOf(governors: string, matched: string): Modality {
  const text = governors + matched;
  if (futureWords.test(text)) return 'future';
  return conditionalWords.test(text) ? 'conditional' : 'asserted';
}

/** "If the road is closed, …" says nothing about the road. */
export function isHypothetical(governors: string, matched: string): boolean {
  return hypothesis.test(governors) || hypothesis.test(matched);
}

export function isScareQuoted(text: string, start: number, end: number): boolean {
  return (
    scareWords.test(text.slice(Math.max(0, start - 25), start)) || scareWords.test(text.slice(start, end))
  );
}
