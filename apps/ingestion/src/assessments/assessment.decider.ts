import { type CorridorDefinition, type PayloadOf } from '#events';
import { type Decider } from '../command-handling/decider.ts';
import {
  InvalidAssessmentError,
  UnknownAssessmentError,
  UnknownEvidenceError,
} from './assessment.refusals.ts';

export interface AssessStatus {
  readonly kind: 'assess';
  readonly assessment: PayloadOf<'StatusAssessed'>;
  readonly baseline: CorridorDefinition['baseline'];
  /** The day it is at the corridor. */
  readonly today: string;
  /** Of the claims in the evidence those that are known, each with the corridor that it is about. */
  readonly claims: ReadonlyMap<string, string>;
}

export interface WithdrawAssessment {
  readonly kind: 'withdraw';
  readonly assessmentId: string;
  readonly reason: string;
  readonly assessor: string;
}

export type AssessmentCommand = AssessStatus | WithdrawAssessment;

export type AssessmentEvent =
  | { readonly type: 'StatusAssessed'; readonly payload: PayloadOf<'StatusAssessed'> }
  | { readonly type: 'AssessmentWithdrawn'; readonly payload: PayloadOf<'AssessmentWithdrawn'> };

/** It stands until somebody withdraws it; whether it still decides a status is for the rules of the status to say. */
export type Assessment =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'standing'; readonly corridor: string }
  | { readonly phase: 'withdrawn' };

export const assessmentDecider: Decider<AssessmentCommand, Assessment, AssessmentEvent> = {
  initial: { phase: 'unknown' },
  decide: (command, assessment) =>
    command.kind === 'assess' ? assess(command, assessment) : withdraw(command, assessment),
  evolve,
};

function assess(command: AssessStatus, { phase }: Assessment): readonly AssessmentEvent[] {
  if (phase !== 'unknown') return [];
  demandPossibleDay(command);
  demandOwnEvidence(command);
  return [{ type: 'StatusAssessed', payload: command.assessment }];
}

function demandPossibleDay({ assessment: { validFrom }, baseline, today }: AssessStatus): void {
  const refuse = (message: string) => {
    throw new InvalidAssessmentError([{ pointer: '/validFrom', message }]);
  };
  if (validFrom > today) refuse(`is in the future; at the corridor it is ${today}`);
  if (baseline !== null && validFrom < baseline.since)
    refuse(`is before the corridor's baseline, which is of ${baseline.since}`);
}

function demandOwnEvidence({ assessment: { corridor, evidence }, claims }: AssessStatus): void {
  const faults = evidence.claims.flatMap((claimId, index) => {
    const about = claims.get(claimId);
    if (about === corridor) return [];
    const message = about === undefined ? 'is no claim that we hold' : `is a claim about "${about}"`;
    return [{ pointer: `/evidence/claims/${index}`, message }];
  });
  if (faults.length > 0) throw new UnknownEvidenceError(faults);
}

function withdraw(
  { assessmentId, reason, assessor }: WithdrawAssessment,
  assessment: Assessment,
): readonly AssessmentEvent[] {
  switch (assessment.phase) {
    case 'unknown':
      throw new UnknownAssessmentError(assessmentId);
    case 'withdrawn':
      return [];
    case 'standing': {
      const { corridor } = assessment;
      return [{ type: 'AssessmentWithdrawn', payload: { assessmentId, corridor, reason, assessor } }];
    }
  }
}

function evolve(_assessment: Assessment, event: AssessmentEvent): Assessment {
  switch (event.type) {
    case 'StatusAssessed':
      return { phase: 'standing', corridor: event.payload.corridor };
    case 'AssessmentWithdrawn':
      return { phase: 'withdrawn' };
  }
}
