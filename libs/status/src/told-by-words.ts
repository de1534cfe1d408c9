import { type Claim, type WordsTold } from '#events';

/**
 * All that the rules ask of the words of a claim. It is recorded when the words are redacted, so a rule that asks
 * anything else of them can say nothing of sentences that were redacted before.
 */
type ToldByWords = Pick<WordsTold, 'ownAct' | 'lasting' | 'spanning'>;

type Worded = Pick<Claim, 'claimId' | 'quote' | 'redacted'>;

export function toldByWords(claim: Worded): ToldByWords {
  return { ownAct: tellsOwnAct(claim), lasting: tellsLasting(claim), spanning: tellsSpanning(claim) };
}

export function tellsOwnAct({ quote, redacted }: Worded): boolean {
  return redacted?.ownAct ?? ownAct.test(quote);
}

export function tellsLasting({ quote, redacted }: Worded): boolean {
  return redacted?.lasting ?? lasting.test(quote);
}

export function tellsSpanning({ quote, redacted }: Worded): boolean {
  return redacted?.spanning ?? spanning.test(quote);
}

/** Whether they are made of the same sentence. */
export function isSameSentence(one: Worded, other: Worded): boolean {
  if (one.redacted === undefined && other.redacted === undefined) return one.quote === other.quote;
  return (
    one.redacted?.sameWordsAs.includes(other.claimId) === true ||
    other.redacted?.sameWordsAs.includes(one.claimId) === true
  );
}

/** "We have closed …": the speaker's own act. Any other closure may be the other side's. */
const ownAct =
  /\b(?:we|we['’]ve) (?:have |had |were forced to |had to )?(?:temporarily )?(?:close|closed|shut|block|blocked|suspend|suspended|halted|stopped|restricted|barred)\b/i;

const spanning = /\b(?:since|between|so far|to date|in total|a day)\b/i;
const lasting = /\b(?:since|still|remains?|ongoing|continu(?:es?|ing)|ha(?:s|ve) (?:now )?been)\b/i;
