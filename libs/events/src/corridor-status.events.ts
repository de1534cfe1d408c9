import { z } from 'zod';
import { defineEvent } from './event-contract.ts';
import { basis, confidence, corridorId, day, derivedStatus, flow, instant } from './words.ts';

/** A claim that weighed on a decision, with the weight that a rule gave it (hundredths, 0 to 100). */
export const weighedClaim = z.strictObject({
  claimId: z.uuid(),
  statementId: z.uuid(),
  stance: z.enum(['for', 'against']),
  weight: z.int().min(0).max(100),
  /** Ids of the rules that gave the weight, the deciding one first. */
  rules: z.array(z.string()),
  /** The day that it was counted for. */
  day: day.nullable(),
  /** The flows it was counted for. */
  flows: z.array(flow),
  /** Claims of one cluster, or of one source, count once: the others show which one counted for them. */
  cluster: z.uuid().nullable(),
  countedWith: z.uuid().nullable(),
  speaker: z.string(),
  publisher: z.string(),
  url: z.string().nullable(),
  publishedAt: instant,
  quote: z.string(),
  /** The words were redacted; the claim weighs as before. */
  redacted: z.literal(true).optional(),
});

/** One decision about the state of a corridor, or of one flow. */
export const statusDecision = z.strictObject({
  status: derivedStatus,
  since: day.nullable(),
  confidence,
  /** 0.05 to 0.95 in steps of 0.05; null where nothing is known. */
  likelihood: z.number().min(0).max(1).nullable(),
  basis,
  disputed: z.boolean(),
  disputedBy: z.array(z.string()),
  /** Rests on a party's word about its own act, or on what an event presupposes. */
  provisional: z.boolean(),
  /** Beyond the corridor's freshness limit without evidence. */
  stale: z.boolean(),
});
export type StatusDecision = z.output<typeof statusDecision>;

export const flowStatuses = z.partialRecord(flow, derivedStatus);
export type FlowStatuses = z.output<typeof flowStatuses>;

const decided = {
  corridor: corridorId,
  corridorName: z.string(),
  /** The ledger position of the event that caused the decision. */
  causedBy: z.int().min(1),
  /** The type of that event; null where it was not yet recorded. */
  causedByType: z.string().nullable(),
  rule: z.string(),
  evidence: z.array(weighedClaim).max(100),
};

/** The current status is another one. */
export const corridorStatusChanged = defineEvent({
  type: 'CorridorStatusChanged',
  version: 2,
  schema: z
    .strictObject({
      ...decided,
      ...statusDecision.shape,
      from: derivedStatus,
      to: derivedStatus,
      flows: flowStatuses,
    })
    .omit({ status: true }),
  upcasters: [
    (payload) => {
      const first = payload as Record<string, unknown> & { evidence: readonly object[] };
      const evidence = first.evidence.map((item) => ({
        ...item,
        rules: [],
        day: null,
        flows: [],
        cluster: null,
        countedWith: null,
      }));
      const unrecorded = {
        likelihood: null,
        provisional: false,
        stale: false,
        flows: {},
        causedByType: null,
      };
      return { ...first, ...unrecorded, evidence };
    },
  ],
  keyOf: ({ corridor }) => corridor,
  // The quotes in the evidence are text of the statement.
  erasable: true,
});

const heldStatus = z.strictObject({ status: derivedStatus, flows: flowStatuses });

/** Late knowledge has changed days that were already decided; the status of today need not be another one. */
export const corridorStatusCorrected = defineEvent({
  type: 'CorridorStatusCorrected',
  version: 1,
  schema: z.strictObject({
    ...decided,
    /** Inclusive days, oldest first; the first hundred where there are more. */
    replaced: z
      .array(z.strictObject({ from: day, to: day, was: heldStatus, now: heldStatus }))
      .min(1)
      .max(100),
    replacedCount: z.int().min(1),
  }),
  keyOf: ({ corridor }) => corridor,
  erasable: true,
});

/** Time has passed without evidence: the recorded event that stands for a clock inside the rules. */
export const freshnessLapsed = defineEvent({
  type: 'FreshnessLapsed',
  version: 1,
  schema: z.strictObject({
    corridor: corridorId,
    /** The corridor's local day that has been reached. */
    day,
    lastEvidenceOn: day,
    becomes: z.enum(['exception_over', 'stale', 'unknown']),
  }),
  keyOf: ({ corridor }) => corridor,
});

/** From here on the status is derived by this version of the rules; answers as of before stay as they were. */
export const statusRulesAdopted = defineEvent({
  type: 'StatusRulesAdopted',
  version: 1,
  schema: z.strictObject({ corridor: corridorId, rule: z.string().min(1).max(100) }),
  keyOf: ({ corridor }) => corridor,
});
