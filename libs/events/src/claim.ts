import { z } from 'zod';
import { wordsTold } from './redacted-text.ts';
import { claimType, corridorStatus, day, flow, modality, passageEffect, storableText } from './words.ts';

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
export const shortText = storableText.pipe(z.string().max(1_000));

/** UTF-16 offsets into the statement's body, end exclusive. */
const span = z.strictObject({ start: z.int().min(0), end: z.int().min(1) });

/** How a coder came to a claim. */
export const why = z.strictObject({
  /** Ids of the rules that matched, the deciding one first. */
  rules: z.array(z.string()).min(1),
  /** The words that the rules matched. */
  cues: z.array(span),
  corridor: z.strictObject({
    by: z.enum(['name', 'context', 'anaphor', 'focus', 'title', 'about']),
    span: span.nullable(),
  }),
  speaker: z.strictObject({
    by: z.enum(['words', 'turn', 'quote', 'antecedent', 'signatory', 'publisher']),
    span: span.nullable(),
  }),
  /** The words that give the day. */
  validFrom: span.nullable(),
});
export type Why = z.output<typeof why>;

/** One sentence says one kind of thing about one corridor. */
export const claim = z.strictObject({
  claimId: z.uuid(),
  type: claimType,
  /** For `status` and `denial`: the state as the speaker says it is; else null. */
  status: corridorStatus.nullable(),
  /** Taken for granted by the sentence ("the ongoing blockade"), not said outright. */
  presupposed: z.boolean(),
  /** The traffic that the sentence speaks of, in the order of the words; empty where it speaks of the way as a whole. */
  flows: z.array(flow).max(6),
  /** For `incident`, and for a `status` that is told as an event ("closed the road on Monday"); else null. */
  effect: passageEffect.nullable(),
  /** Who did what `effect` tells, where the sentence names a country or an organisation: not always the speaker. */
  actor: shortText.nullable(),
  speaker: shortText,
  speakerName: shortText.nullable(),
  modality,
  /** The day the said thing holds from or happened, where the sentence gives it. */
  validFrom: day.nullable(),
  /** UTF-16 offsets into the statement's body; `quote` = `body.slice(start, end)`. */
  start: z.int().min(0),
  end: z.int().min(1),
  quote: storableText,
  /** The coder's own certainty, 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** Who made the claim: a coder as `name/version`, or `hand`. */
  coder: z.string(),
  /** SHA-256 in hex of the coder's tables and rules; null for a claim made by hand and where it was not yet recorded. */
  coderData: sha256Hex.nullable(),
  rule: z.string(),
  /** Null for a claim made by hand and where it was not yet recorded. */
  why: why.nullable(),
  /** Only where the words were redacted: what they had told. */
  redacted: wordsTold.optional(),
});
export type Claim = z.output<typeof claim>;

/** A claim from before claims told of flows and effects. */
export function withoutPassage(claim: object): object {
  return { ...claim, flows: [], effect: null, actor: null };
}
