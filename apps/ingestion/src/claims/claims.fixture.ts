import { type Claim, type PayloadOf } from '#events';
import { type StatementContext } from './statement-record.ts';

export const statementId = '5f0c5a0e-7c1d-4b8e-9d57-0a2b6a1f0c11';
export const body = 'The pass is shut, Northmark said. 🔥 Shops are empty.';

export const received: { type: 'StatementReceived'; payload: PayloadOf<'StatementReceived'> } = {
  type: 'StatementReceived',
  payload: {
    statementId,
    publisher: 'Valley Herald',
    url: null,
    publishedAt: '2023-01-20T00:00:00.000Z',
    title: null,
    language: 'en',
    languageBy: 'publisher',
    about: [],
    body,
    cluster: statementId,
    revises: null,
    custody: {
      receivedFrom: 'key',
      receivedAt: '2023-01-20T01:00:00.000Z',
      bytesSha256: '0'.repeat(64),
      bytesOf: 'request',
      remoteAddress: null,
      fetch: null,
    },
  },
};

export const context: StatementContext = {
  statementId,
  corridor: 'heron-pass',
  publisher: 'Valley Herald',
  grade: null,
  url: null,
  publishedAt: '2023-01-20T00:00:00.000Z',
  title: null,
  cluster: statementId,
};

/** What Northmark says of the pass, in the first sentence. */
export function claim(said: Partial<Claim>): Claim {
  return {
    claimId: '5f0c5a0e-7c1d-4b8e-9d57-0a2b6a1f0c12',
    type: 'status',
    status: 'blocked',
    presupposed: false,
    speaker: 'Northmark',
    speakerName: null,
    modality: 'asserted',
    validFrom: null,
    start: 0,
    end: 33,
    quote: body.slice(0, 33),
    confidence: 0.7,
    coder: 'rules/1',
    coderData: null,
    rule: 'shut',
    flows: [],
    effect: null,
    actor: null,
    why: null,
    ...said,
  };
}

export function codedAs(corridor: string, ...claims: readonly Claim[]) {
  const payload: PayloadOf<'StatementCoded'> = {
    ...context,
    corridor,
    coder: 'rules/1',
    coderData: null,
    claims: [...claims],
  };
  return { type: 'StatementCoded' as const, payload };
}

export function reviewed(decision: 'confirm' | 'reject' | 'amend', judged: Claim, reviewer = 'Desk') {
  const payload = { ...context, decision, claim: judged, reviewer, note: null, carriedFrom: null };
  return { type: 'ClaimReviewed' as const, payload };
}

export function added(found: Claim, corridor = context.corridor) {
  const payload = { ...context, corridor, claim: found, reviewer: 'Desk', note: null };
  return { type: 'ClaimAdded' as const, payload };
}

export const retracted = {
  type: 'StatementRetracted' as const,
  payload: { statementId, corridor: context.corridor, reason: 'Another road.' },
};

export const superseded = {
  type: 'StatementSuperseded' as const,
  payload: { statementId, corridor: context.corridor, supersededBy: statementId },
};
