import { randomUUID } from 'node:crypto';
import { type Claim, type CorridorDefinition, type PayloadOf, type PublisherGrade } from '#events';
import { deriveId, type NewEvent } from '#ledger';

/** A road that we made up, between two places that do not exist. */
export const heronPass: CorridorDefinition = {
  name: 'Heron Pass',
  names: {},
  aliases: [],
  contextAliases: [],
  parties: ['Northmark', 'Southmark'],
  operators: ['ICRC'],
  primaryTraffic: null,
  primaryFlows: null,
  freshnessDays: { contested: 3, stable: 14 },
  timezone: 'UTC',
  geometry: null,
  baseline: { status: 'open', since: '2020-01-01' },
};

export function registered(corridor: string, more: Partial<CorridorDefinition> = {}): NewEvent {
  return {
    type: 'CorridorRegistered',
    payload: { corridor, definition: { ...heronPass, ...more } },
    eventId: deriveId('registered', corridor),
  };
}

export function amended(corridor: string, more: Partial<CorridorDefinition>): NewEvent {
  return {
    type: 'CorridorAmended',
    payload: { corridor, definition: { ...heronPass, ...more } },
    eventId: deriveId('amended', corridor, JSON.stringify(more)),
  };
}

export interface Report {
  readonly name: string;
  readonly corridor: string;
  /** The day on which it was published. */
  readonly on: string;
  readonly status: 'open' | 'restricted' | 'blocked';
  readonly speaker?: string;
  readonly type?: Claim['type'];
}

export function statementIdOf(name: string): string {
  return deriveId('statement', name);
}

/** What an observer says about the pass itself, of the kind that is enough. */
export function claimOf({
  name,
  status,
  speaker = 'ICRC',
  type = 'status',
}: Omit<Report, 'on' | 'corridor'>): Claim {
  const quote = `${speaker} said that the pass is ${status}.`;
  return {
    claimId: deriveId('claim', name),
    type,
    status: type === 'status' || type === 'denial' ? status : null,
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
    rule: 'test',
    flows: [],
    effect: null,
    actor: null,
    why: null,
  };
}

function contextOf(name: string, corridor: string, on: string) {
  return {
    statementId: statementIdOf(name),
    corridor,
    publisher: 'ICRC',
    grade: { reliability: 'A', kind: 'icrc', country: null },
    url: null,
    publishedAt: `${on}T08:00:00Z`,
    title: null,
    cluster: statementIdOf(name),
  } as const;
}

/** A statement of one claim. */
export function coded(report: Report): NewEvent {
  const { name, corridor, on } = report;
  return {
    type: 'StatementCoded',
    payload: {
      ...contextOf(name, corridor, on),
      coder: 'rules/1',
      coderData: null,
      claims: [claimOf(report)],
    },
    eventId: deriveId('coded', name, corridor),
  };
}

/** A statement of one claim, that says more than a status, or comes from elsewhere. */
export function told(
  { name, corridor, on }: Statement,
  says: Partial<Claim>,
  source: Partial<
    Pick<PayloadOf<'StatementCoded'>, 'publisher' | 'grade' | 'publishedAt' | 'url' | 'title' | 'cluster'>
  > = {},
): NewEvent {
  const claim = { ...claimOf({ name, status: 'blocked' }), ...says };
  const payload = { ...contextOf(name, corridor, on), ...source, coder: 'rules/1', coderData: null };
  return {
    type: 'StatementCoded',
    payload: { ...payload, claims: [{ ...claim, end: claim.quote.length }] },
    eventId: deriveId('coded', name, corridor),
  };
}

type Statement = Pick<Report, 'name' | 'corridor' | 'on'>;

/** The statement as a later coder reads it. */
export function recoded({ name, corridor, on }: Statement, ...claims: readonly Claim[]): NewEvent {
  return {
    type: 'StatementCoded',
    payload: {
      ...contextOf(name, corridor, on),
      coder: 'rules/2',
      coderData: null,
      claims: [...claims],
    },
    eventId: randomUUID(),
  };
}

export function reviewed(
  { name, corridor, on }: Statement,
  decision: 'confirm' | 'reject' | 'amend',
  claim: Claim,
): NewEvent {
  const payload = {
    ...contextOf(name, corridor, on),
    decision,
    claim,
    reviewer: 'Desk',
    note: null,
    carriedFrom: null,
  };
  return { type: 'ClaimReviewed', payload, eventId: randomUUID() };
}

export function added({ name, corridor, on }: Statement, claim: Claim): NewEvent {
  const payload = { ...contextOf(name, corridor, on), claim, reviewer: 'Desk', note: null };
  return { type: 'ClaimAdded', payload, eventId: randomUUID() };
}

export function superseded(name: string, corridor: string): NewEvent {
  return {
    type: 'StatementSuperseded',
    payload: { statementId: statementIdOf(name), corridor, supersededBy: statementIdOf(`${name} corrected`) },
    eventId: deriveId('superseded', name, corridor),
  };
}

export function retracted(name: string, corridor: string): NewEvent {
  return {
    type: 'StatementRetracted',
    payload: { statementId: statementIdOf(name), corridor, reason: 'It was about another road.' },
    eventId: deriveId('retracted', name, corridor),
  };
}

export function lapsed(
  corridor: string,
  day: string,
  lastEvidenceOn: string,
  becomes: 'stale' | 'unknown' = 'stale',
): NewEvent {
  return {
    type: 'FreshnessLapsed',
    payload: { corridor, day, lastEvidenceOn, becomes },
    eventId: deriveId('lapsed', corridor, day),
  };
}

export function regraded(
  corridor: string,
  reliability: PublisherGrade['reliability'],
  publisher = 'ICRC',
): NewEvent {
  return {
    type: 'PublisherRegraded',
    payload: { corridor, publisher, grade: { reliability, kind: 'icrc', country: null } },
    eventId: randomUUID(),
  };
}

export function assessed(
  corridor: string,
  name: string,
  says: Pick<PayloadOf<'StatusAssessed'>, 'validFrom' | 'status'> &
    Partial<Pick<PayloadOf<'StatusAssessed'>, 'flows'>>,
): NewEvent {
  return {
    type: 'StatusAssessed',
    payload: {
      assessmentId: deriveId('assessment', corridor, name),
      corridor,
      flows: {},
      ...says,
      reason: 'Seen by our own people.',
      evidence: { claims: [], urls: ['https://example.org/seen'] },
      assessor: 'Desk',
    },
    eventId: randomUUID(),
  };
}

export function withdrawn(corridor: string, name: string): NewEvent {
  return {
    type: 'AssessmentWithdrawn',
    payload: {
      assessmentId: deriveId('assessment', corridor, name),
      corridor,
      reason: 'It was about another road.',
      assessor: 'Desk',
    },
    eventId: randomUUID(),
  };
}

export function adopted(corridor: string, rule: string): NewEvent {
  return {
    type: 'StatusRulesAdopted',
    payload: { corridor, rule },
    eventId: deriveId('adopted', corridor, rule),
  };
}
