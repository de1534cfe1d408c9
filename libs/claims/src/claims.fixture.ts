import { type Claim, type PayloadOf } from '#events';
import { type ClaimEvent } from './statement-claims.ts';

const statementId = '00000000-0000-4000-9000-000000000001';

const context = {
  statementId,
  corridor: 'heron-pass',
  publisher: 'Valley Herald',
  grade: null,
  url: null,
  publishedAt: '2023-02-01T08:00:00Z',
  title: null,
  cluster: statementId,
} satisfies Partial<PayloadOf<'ClaimAdded'>>;

export function claimIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A claim of ours, told apart by its number; its speaker tells one version from another. */
export function claim(number: number, speaker = 'Northmark'): Claim {
  const quote = 'The pass is shut.';
  return {
    claimId: claimIdOf(number),
    type: 'status',
    status: 'blocked',
    presupposed: false,
    speaker,
    speakerName: null,
    modality: 'asserted',
    validFrom: null,
    start: 0,
    end: quote.length,
    quote,
    confidence: 0.9,
    coder: 'rules/1',
    coderData: null,
    rule: 'shut',
    flows: [],
    effect: null,
    actor: null,
    why: null,
  };
}

export function coded(...claims: readonly Claim[]): ClaimEvent {
  const payload = { ...context, coder: 'rules/1', coderData: null, claims: [...claims] };
  return { type: 'StatementCoded', payload };
}

export function reviewed(decision: 'confirm' | 'reject' | 'amend', judged: Claim): ClaimEvent {
  const payload = { ...context, decision, claim: judged, reviewer: 'Desk', note: null, carriedFrom: null };
  return { type: 'ClaimReviewed', payload };
}

export function added(found: Claim): ClaimEvent {
  return { type: 'ClaimAdded', payload: { ...context, claim: found, reviewer: 'Desk', note: null } };
}

export const retracted: ClaimEvent = {
  type: 'StatementRetracted',
  payload: { statementId, corridor: context.corridor, reason: 'Another road.' },
};

export const superseded: ClaimEvent = {
  type: 'StatementSuperseded',
  payload: { statementId, corridor: context.corridor, supersededBy: claimIdOf(999) },
};
