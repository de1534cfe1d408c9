import { type FieldFault } from '#platform';

export class UnknownClaimError extends Error {
  readonly code = 'unknown_claim';
  constructor(claimId: string) {
    super(`There is no claim "${claimId}".`);
  }
}

/** It was found by an earlier coding alone, so there is nothing left to judge. */
export class ClaimReplacedError extends Error {
  readonly code = 'claim_replaced';
  constructor(claimId: string) {
    super(
      `A newer coding of the statement no longer has the claim "${claimId}"; add it by hand if it is there.`,
    );
  }
}

export class ClaimChangedError extends Error {
  readonly code = 'claim_changed';
  constructor(claimId: string, expected: number, revision: number) {
    super(`The claim "${claimId}" is at revision ${revision}, not ${expected}; read it again.`);
  }
}

export class ClaimExistsError extends Error {
  readonly code = 'claim_exists';
  constructor(claimId: string) {
    super(`The sentence has this claim already: confirm or amend "${claimId}".`);
  }
}

export class StatementEndedError extends Error {
  readonly code: 'statement_retracted' | 'statement_superseded';
  constructor(statementId: string, ended: 'retracted' | 'superseded') {
    super(
      `The statement "${statementId}" is ${ended}: its claims count no longer, whatever is said of them.`,
    );
    this.code = `statement_${ended}`;
  }
}

export class StatementRedactedError extends Error {
  readonly code = 'statement_redacted';
  constructor(statementId: string) {
    super(
      `The words of the statement "${statementId}" were redacted: nobody can judge its claims by them. It can be retracted.`,
    );
  }
}

/** What a claim says of itself or of the text does not fit together. */
export class InvalidClaimError extends Error {
  readonly code = 'invalid_claim';
  constructor(readonly errors: readonly FieldFault[]) {
    super(errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; '));
  }
}

export class UnregisteredCorridorError extends Error {
  readonly code = 'unknown_corridor';
  readonly errors: readonly FieldFault[];
  constructor(corridor: string, pointer: string) {
    super(`"${corridor}" is not a registered corridor.`);
    this.errors = [{ pointer, message: 'is not a registered corridor' }];
  }
}

export class ClaimsBehindError extends Error {
  readonly code = 'claims_behind';
  constructor() {
    super('What was recorded earlier is still being read; repeat the request.');
  }
}
