import { z } from 'zod';
import { assessmentEvidence, assessmentReason, day, derivedStatus, flow, reviewer } from '#events';

/** A person's judgement of a corridor, as it is sent to us. */
export const assessmentInput = z.strictObject({
  status: derivedStatus,
  /** Flows whose status is another one. */
  flows: z.partialRecord(flow, derivedStatus).default({}),
  /** Today, at the corridor, where it is not given. */
  validFrom: day.nullable().default(null),
  reason: assessmentReason,
  evidence: assessmentEvidence,
  assessor: reviewer,
});
export type AssessmentInput = z.output<typeof assessmentInput>;

export const withdrawalInput = z.strictObject({ reason: assessmentReason, assessor: reviewer });
export type WithdrawalInput = z.output<typeof withdrawalInput>;
