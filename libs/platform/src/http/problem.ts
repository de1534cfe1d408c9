/** A fault of one field, by JSON pointer into the body or by parameter name. */
export interface FieldFault {
  readonly pointer: string;
  readonly message: string;
}

/** RFC 9457. `type` is a URN made of the refusal's stable code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
}

/** What a refusal means over HTTP. */
export interface RefusalMeaning {
  readonly status: number;
  readonly title: string;
}

/** Refusals by their stable code; every app gives its own. */
export type RefusalTable = Readonly<Record<string, RefusalMeaning>>;

/** Input that the schema of the route refuses. */
export class InvalidInputError extends Error {
  readonly code = 'invalid_input';
  constructor(
    readonly errors: readonly FieldFault[],
    detail = errors.map(({ pointer, message }) => `${pointer || 'body'} ${message}`).join('; '),
  ) {
    super(detail);
  }
}

export class NotFoundError extends Error {
  readonly code = 'not_found';
}

export const platformRefusals: RefusalTable = {
  invalid_input: { status: 400, title: 'The input is not valid' },
  not_found: { status: 404, title: 'There is no such thing' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  ledger_unavailable: { status: 503, title: 'The ledger cannot be written now' },
  ledger_overloaded: { status: 503, title: 'Too much is waiting to be written' },
  append_outcome_unknown: { status: 503, title: 'It is not known whether this was recorded; repeat it' },
};

export function problemOf(
  code: string,
  meaning: RefusalMeaning,
  detail: string,
  errors?: readonly FieldFault[],
): Problem {
  return {
    type: `urn:corridor-watch:problem:${code}`,
    ...meaning,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
}
