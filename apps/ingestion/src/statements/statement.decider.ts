import { type PayloadOf } from '#events';
import { type Decider } from '../command-handling/decider.ts';

export interface ReceiveStatement {
  readonly kind: 'receive';
  readonly received: PayloadOf<'StatementReceived'>;
  /** The claims, corridor by corridor. */
  readonly coded: readonly PayloadOf<'StatementCoded'>[];
  /** The later version of the page that came before this one. */
  readonly supersededBy: string | null;
}

export interface SupersedeStatement {
  readonly kind: 'supersede';
  readonly statementId: string;
  readonly supersededBy: string;
}

export interface RetractStatement {
  readonly kind: 'retract';
  readonly statementId: string;
  readonly reason: string;
}

export interface RedactStatement {
  readonly kind: 'redact';
  readonly statementId: string;
  readonly reason: string;
  readonly requestedBy: string | null;
  readonly wording: string;
  /** Of every version of every claim that the stream holds. */
  readonly claims: readonly ToldVersion[];
}

/** What the words of one version of a claim told. */
export type ToldVersion = PayloadOf<'StatementRedacted'>['claims'][number] & { readonly corridor: string };

export type StatementCommand = ReceiveStatement | SupersedeStatement | RetractStatement | RedactStatement;

type StatementEventType =
  | 'StatementReceived'
  | 'StatementCoded'
  | 'ClaimAdded'
  | 'ClaimReviewed'
  | 'StatementReviewed'
  | 'StatementDisappeared'
  | 'StatementReappeared'
  | 'StatementSuperseded'
  | 'StatementRetracted'
  | 'StatementRedacted'
  | 'PayloadsErased';

/** Everything that happens to a statement, whoever decides on it. */
export type StatementEvent = {
  [Type in StatementEventType]: { readonly type: Type; readonly payload: PayloadOf<Type> };
}[StatementEventType];

/**
 * Its claims count while it is received; a newer version or a retraction ends that for good. Whether they count or not,
 * its words can be taken away once.
 */
export type Statement =
  | { readonly phase: 'unknown' }
  | {
      readonly phase: 'received' | 'superseded' | 'retracted';
      readonly corridors: readonly string[];
      readonly isRedacted: boolean;
    };

export class UnknownStatementError extends Error {
  readonly code = 'unknown_statement';
  constructor(statementId: string) {
    super(`There is no statement "${statementId}".`);
  }
}

export const statementDecider: Decider<StatementCommand, Statement, StatementEvent> = {
  initial: { phase: 'unknown' },
  decide: (command, statement) => {
    switch (command.kind) {
      case 'receive':
        return receive(command, statement);
      case 'supersede':
        return supersede(command, statement);
      case 'retract':
        return retract(command, statement);
      case 'redact':
        return redact(command, statement);
    }
  },
  evolve,
};

function receive(
  { received, coded, supersededBy }: ReceiveStatement,
  statement: Statement,
): readonly StatementEvent[] {
  // The id is made of publisher and text: the same text twice is no news, and a retracted text stays retracted.
  if (statement.phase !== 'unknown') return [];
  const { statementId } = received;
  return [
    { type: 'StatementReceived', payload: received },
    // An earlier version that comes late has no claims: they would count for the moment between two events.
    ...(supersededBy === null
      ? coded.map((payload) => ({ type: 'StatementCoded' as const, payload }))
      : [{ type: 'StatementSuperseded' as const, payload: { statementId, corridor: null, supersededBy } }]),
  ];
}

function supersede(
  { statementId, supersededBy }: SupersedeStatement,
  statement: Statement,
): readonly StatementEvent[] {
  if (statement.phase !== 'received') return [];
  return byCorridor(statement.corridors).map((corridor) => ({
    type: 'StatementSuperseded' as const,
    payload: { statementId, corridor, supersededBy },
  }));
}

function retract({ statementId, reason }: RetractStatement, statement: Statement): readonly StatementEvent[] {
  switch (statement.phase) {
    case 'unknown':
      throw new UnknownStatementError(statementId);
    case 'retracted':
      return [];
    case 'received':
    case 'superseded':
      return byCorridor(statement.corridors).map((corridor) => ({
        type: 'StatementRetracted' as const,
        payload: { statementId, corridor, reason },
      }));
  }
}

function redact(
  { statementId, reason, requestedBy, wording, claims }: RedactStatement,
  statement: Statement,
): readonly StatementEvent[] {
  if (statement.phase === 'unknown') throw new UnknownStatementError(statementId);
  if (statement.isRedacted) return [];
  return [null, ...statement.corridors].map((corridor) => ({
    type: 'StatementRedacted' as const,
    payload: {
      statementId,
      corridor,
      reason,
      requestedBy,
      wording: corridor === null ? wording : null,
      claims: claims
        .filter((version) => version.corridor === corridor)
        .map(({ position, claimId, told }) => ({ position, claimId, told })),
    },
  }));
}

/** A statement that says nothing of any corridor still ends, once. */
function byCorridor(corridors: readonly string[]): readonly (string | null)[] {
  return corridors.length > 0 ? corridors : [null];
}

function evolve(statement: Statement, event: StatementEvent): Statement {
  switch (event.type) {
    case 'StatementReceived':
      return { phase: 'received', corridors: [], isRedacted: false };
    case 'StatementCoded':
    case 'ClaimAdded':
    case 'ClaimReviewed':
      return aboutAlso(statement, event.payload.corridor);
    case 'StatementReviewed':
    case 'StatementDisappeared':
    case 'StatementReappeared':
    case 'PayloadsErased':
      return statement;
    case 'StatementSuperseded':
      return statement.phase === 'received' ? { ...statement, phase: 'superseded' } : statement;
    case 'StatementRetracted':
      return statement.phase === 'unknown' ? statement : { ...statement, phase: 'retracted' };
    case 'StatementRedacted':
      return statement.phase === 'unknown' ? statement : { ...statement, isRedacted: true };
  }
}

/** Coded again, or reviewed, it speaks of a corridor no second time: each is to learn of its end once. */
function aboutAlso(statement: Statement, corridor: string): Statement {
  if (statement.phase === 'unknown' || statement.phase === 'retracted') return statement;
  const { corridors } = statement;
  return corridors.includes(corridor) ? statement : { ...statement, corridors: [...corridors, corridor] };
}
