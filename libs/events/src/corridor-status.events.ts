import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { basis, confidence, corridorId, day, derivedStatus, instant } from './words.ts';

/** A claim that weighed on a decision, with the weight that the rules gave it (hundredths, 0 to 100). */
export const weighedClaim = z.strictObject({
  claimId: z.uuid(),
  statementId: z.uuid(),
  stance: z.enum(['for', 'against']),
  weight: z.int().min(0).max(100),
  speaker: z.string(),
  publisher: z.string(),
  url: z.string().nullable(),
  publishedAt: instant,
  quote: z.string(),
});

/** One decision about the state of a corridor. */
export const statusDecision = z.strictObject({
  status: derivedStatus,
  since: day.nullable(),
  confidence,
  basis,
  disputed: z.boolean(),
  disputedBy: z.array(z.string()),
});
export type StatusDecision = z.output<typeof statusDecision>;

export const corridorStatusChanged = defineEvent({
  type: 'CorridorStatusChanged',
  version: 1,
  schema: z.strictObject({
    corridor: corridorId,
    corridorName: z.string(),
    from: derivedStatus,
    to: derivedStatus,
    since: day.nullable(),
    confidence,
    basis,
    disputed: z.boolean(),
    disputedBy: z.array(z.string()),
    /** The ledger position of the event that caused the change. */
    causedBy: z.int().min(1),
    rule: z.string(),
    evidence: z.array(weighedClaim).max(100),
  }),
  keyOf: ({ corridor }) => corridor,
  // The quotes in the evidence are text of the statement.
  erasable: true,
});
