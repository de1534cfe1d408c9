import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { reviewer, statementUrl } from './statement.events.ts';
import { corridorId, day, derivedStatus, flow, storableText } from './words.ts';

export const assessmentReason = storableText.pipe(z.string().trim().min(1).max(2_000));

/** What the assessor goes by: claims that we hold, or pages that we do not. */
export const assessmentEvidence = z
  .strictObject({
    claims: z.array(z.uuid()).max(100).default([]),
    urls: z.array(statementUrl).max(100).default([]),
  })
  .refine(({ claims, urls }) => claims.length + urls.length > 0, 'must name at least one claim or url');

/** A person has judged the status of a corridor; it holds until contrary evidence of a later day. */
export const statusAssessed = defineEvent({
  type: 'StatusAssessed',
  version: 1,
  schema: z.strictObject({
    assessmentId: z.uuid(),
    corridor: corridorId,
    /** The day from which it is so, at the corridor. */
    validFrom: day,
    status: derivedStatus,
    /** Flows whose status is another one. */
    flows: z.partialRecord(flow, derivedStatus),
    reason: assessmentReason,
    evidence: assessmentEvidence,
    assessor: reviewer,
  }),
  keyOf: ({ corridor }) => corridor,
  erasable: true,
});

/** The assessment was a mistake: the status is derived as if it had never been. */
export const assessmentWithdrawn = defineEvent({
  type: 'AssessmentWithdrawn',
  version: 1,
  schema: z.strictObject({
    assessmentId: z.uuid(),
    corridor: corridorId,
    reason: assessmentReason,
    assessor: reviewer,
  }),
  keyOf: ({ corridor }) => corridor,
  erasable: true,
});
