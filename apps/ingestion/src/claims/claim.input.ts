import { z } from 'zod';
import {
  claimType,
  corridorId,
  corridorStatus,
  day,
  flow,
  modality,
  passageEffect,
  reviewDecision,
  reviewer,
  reviewNote,
  storableText,
} from '#events';

const name = storableText.pipe(z.string().trim().min(1).max(1_000));
const offset = z.int().min(0);
const flows = z
  .array(flow)
  .refine((named) => new Set(named).size === named.length, 'must name each flow once');

const reviewerAndNote = { reviewer, note: reviewNote.nullable().default(null) };

/** What a person says about a claim otherwise than the coder; what is left out stays. */
export const amendment = z.strictObject({
  corridor: corridorId.optional(),
  type: claimType.optional(),
  status: corridorStatus.nullable().optional(),
  presupposed: z.boolean().optional(),
  flows: flows.optional(),
  effect: passageEffect.nullable().optional(),
  actor: name.nullable().optional(),
  speaker: name.optional(),
  speakerName: name.nullable().optional(),
  modality: modality.optional(),
  validFrom: day.nullable().optional(),
  start: offset.optional(),
  end: offset.optional(),
});
export type Amendment = z.output<typeof amendment>;

export const reviewInput = z
  .strictObject({ decision: reviewDecision, amended: amendment.optional(), ...reviewerAndNote })
  .superRefine(({ decision, amended }, context) => {
    const isEmpty = amended === undefined || Object.values(amended).every((value) => value === undefined);
    if (decision === 'amend' && isEmpty)
      context.addIssue({ code: 'custom', path: ['amended'], message: 'must say what is otherwise' });
    if (decision !== 'amend' && amended !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['amended'],
        message: 'goes with the decision "amend" alone',
      });
  });
export type ReviewInput = z.output<typeof reviewInput>;

/** A claim by hand: its sentence as offsets into the body, or as a quote that occurs there once. */
export const claimInput = z
  .strictObject({
    corridor: corridorId,
    type: claimType,
    status: corridorStatus.nullable().default(null),
    presupposed: z.boolean().default(false),
    flows: flows.default([]),
    effect: passageEffect.nullable().default(null),
    actor: name.nullable().default(null),
    speaker: name,
    speakerName: name.nullable().default(null),
    modality: modality.default('asserted'),
    validFrom: day.nullable().default(null),
    start: offset.optional(),
    end: offset.optional(),
    quote: storableText.pipe(z.string().min(1)).optional(),
    ...reviewerAndNote,
  })
  .superRefine(({ start, end, quote }, context) => {
    const places = [start !== undefined && end !== undefined, quote !== undefined];
    const isHalf = (start === undefined) !== (end === undefined);
    if (isHalf || places.filter(Boolean).length !== 1) {
      const message = 'must be given, with end and without quote; or else quote alone';
      context.addIssue({ code: 'custom', path: ['start'], message });
    }
  });
export type ClaimInput = z.output<typeof claimInput>;

export const readingInput = z.strictObject(reviewerAndNote);
export type ReadingInput = z.output<typeof readingInput>;
