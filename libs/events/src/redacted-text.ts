import { z } from 'zod';

/** Stands where words stood that were redacted, and where a contract demands some. */
export const redactedText = '[redacted]';

/**
 * What a sentence that is no longer there had told the rules of the status, so that every decision that rests on it is
 * derived as before. None of its words can be told from it.
 */
export const wordsTold = z.strictObject({
  /** That the speaker did it ("we have closed …"). */
  ownAct: z.boolean(),
  /** That it goes on ("since", "still"). */
  lasting: z.boolean(),
  /** That it counts over a time ("since", "in total"). */
  spanning: z.boolean(),
  /** Versions of a claim with one number had the same words, those with different numbers had not. */
  variant: z.int().min(0),
  /** Claims of other statements about the corridor that are made of the same sentence. */
  sameWordsAs: z.array(z.uuid()).max(1_000),
});
export type WordsTold = z.output<typeof wordsTold>;
