import { type PayloadOf } from '#events';
import { type Decider } from '../command-handling/decider.ts';

export interface ReceiveStatement {
  readonly kind: 'receive';
  readonly received: PayloadOf<'StatementReceived'>;
  /** The claims, corridor by corridor. */
  readonly coded: readonly PayloadOf<'StatementCoded'>[];
}

export interface RetractStatement {
  readonly kind: 'retract';
  readonly statementId: string;
  readonly reason: string;
}

export type StatementCommand = ReceiveStatement | RetractStatement;

/** Everything that may stand in the stream of a statement. */
export type StatementEvent = {
  [Type in StatementEventType]: { readonly type: Type; readonly payload: PayloadOf<Type> };
}[StatementEventType];
type StatementEventType =
  | 'StatementReceived'
  | 'StatementCoded'
  | 'ClaimReviewed'
  | 'ClaimAdded'
  | 'StatementReviewed'
  | 'StatementRetracted'
  | 'StatementSuperseded'
  | 'StatementDisappeared'
  | 'StatementReappeared';

export type Statement =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'received'; readonly corridors: readonly string[] }
  | { readonly phase: 'retracted' };

export class UnknownStatementError extends Error {
  readonly code = 'unknown_statement';
  constructor(statementId: string) {
    super(`There is no statement "${statementId}".`);
  }
}

export const statementDecider: Decider<StatementCommand, Statement, StatementEvent> = {
  initial: { phase: 'unknown' },
  decide: (command, statement) =>
    command.kind === 'receive' ? receive(command, statement) : retract(command, statement),
  evolve,
};

function receive({ received, coded }: ReceiveStatement, statement: Statement): readonly StatementEvent[] {
  // The id is made of publisher and text: the same text twice is no news, and a retracted text stays retracted.
  if (statement.phase !== 'unknown') return [];
  return [
    { type: 'StatementReceived', payload: received },
    ...coded.map((payload) => ({ type: 'StatementCoded' as const, payload })),
  ];
}

function retract({ statementId, reason }: RetractStatement, statement: Statement): readonly StatementEvent[] {
  switch (statement.phase) {
    case 'unknown':
      throw new UnknownStatementError(statementId);
    case 'retracted':
      return [];
    case 'received': {
      const corridors = statement.corridors.length > 0 ? statement.corridors : [null];
      return corridors.map((corridor) => ({
        type: 'StatementRetracted' as const,
        payload: { statementId, corridor, reason },
      }));
    }
  }
}

function evolve(statement: Statement, event: StatementEvent): Statement {
  switch (event.type) {
    case 'StatementReceived':
      return { phase: 'received', corridors: [] };
    case 'StatementCoded':
    case 'ClaimReviewed':
    case 'ClaimAdded':
      return aboutAlso(statement, event.payload.corridor);
    case 'StatementRetracted':
      return { phase: 'retracted' };
    case 'StatementReviewed':
    case 'StatementSuperseded':
    case 'StatementDisappeared':
    case 'StatementReappeared':
      return statement;
  }
}

/** Coded again, or reviewed, it speaks of a corridor no second time: each is to learn of a retraction once. */
function aboutAlso(statement: Statement, corridor: string): Statement {
  if (statement.phase !== 'received' || statement.corridors.includes(corridor)) return statement;
  return { phase: 'received', corridors: [...statement.corridors, corridor] };
}
