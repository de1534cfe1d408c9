import { type RefusalTable } from '#platform';
import { replayRefusals } from '#replay';

export class UnknownCorridorError extends Error {
  readonly code = 'no_such_corridor';
  constructor(corridor: string) {
    super(`There is no corridor "${corridor}".`);
  }
}

/** Registered, but not yet at the ledger position that was asked about. */
export class CorridorNotKnownThenError extends Error {
  readonly code = 'corridor_not_known_then';
  constructor(corridor: string, position: number) {
    super(`The corridor "${corridor}" was not registered yet at ledger position ${position}.`);
  }
}

export const blockadeStatusRefusals: RefusalTable = {
  no_such_corridor: { status: 404, title: 'There is no such corridor' },
  corridor_not_known_then: { status: 404, title: 'The corridor was not known then' },
  projection_behind: { status: 503, title: 'The answer is not settled yet' },
  future_position: { status: 400, title: 'The ledger is not that far' },
  ...replayRefusals,
};
