import { type FieldFault } from '#platform';

export class UnknownAssessmentError extends Error {
  readonly code = 'unknown_assessment';
  constructor(assessmentId: string) {
    super(`There is no assessment "${assessmentId}".`);
  }
}

/** In the path of a request; in its body it is `unknown_corridor`. */
export class NoSuchCorridorError extends Error {
  readonly code = 'no_such_corridor';
  constructor(corridor: string) {
    super(`There is no corridor "${corridor}".`);
  }
}

/** It speaks of a day that an assessment cannot speak of. */
export class InvalidAssessmentError extends Error {
  readonly code = 'invalid_assessment';
  constructor(readonly errors: readonly FieldFault[]) {
    super(errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; '));
  }
}

/** It goes by claims that we do not hold, or that are about another corridor. */
export class UnknownEvidenceError extends Error {
  readonly code = 'unknown_evidence';
  constructor(readonly errors: readonly FieldFault[]) {
    super(errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; '));
  }
}
