import { type Claim, type CorridorDefinition } from '#events';
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

/** An observer's own report, of the kind that is enough by itself. */
export function coded({ name, corridor, on, status, speaker = 'ICRC', type = 'status' }: Report): NewEvent {
  const quote = `${speaker} said that the pass is ${status}.`;
  return {
    type: 'StatementCoded',
    payload: {
      statementId: statementIdOf(name),
      corridor,
      publisher: 'ICRC',
      grade: { reliability: 'A', kind: 'icrc', country: null },
      url: null,
      publishedAt: `${on}T08:00:00Z`,
      title: null,
      cluster: statementIdOf(name),
      coder: 'rules/1',
      coderData: null,
      claims: [
        {
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
          why: null,
        },
      ],
    },
    eventId: deriveId('coded', name, corridor),
  };
}

export function retracted(name: string, corridor: string): NewEvent {
  return {
    type: 'StatementRetracted',
    payload: { statementId: statementIdOf(name), corridor, reason: 'It was about another road.' },
    eventId: deriveId('retracted', name, corridor),
  };
}
