/** Someone else wrote to the stream first. */
export class VersionConflictError extends Error {
  readonly code = 'version_conflict';

  constructor(
    readonly streamId: string,
    readonly expectedVersion: number,
    readonly actualVersion: number,
  ) {
    super(`Stream "${streamId}" is at version ${actualVersion}, not ${expectedVersion}`);
    this.name = 'VersionConflictError';
  }
}

/** An event id stands in the ledger already, with other content, in another stream, or in other company. */
export class EventIdReusedError extends Error {
  readonly code = 'event_id_reused';

  constructor(readonly eventIds: readonly string[]) {
    super(`Recorded before as something else: event ${eventIds.join(', ')}`);
    this.name = 'EventIdReusedError';
  }
}

/** The request breaks a contract; repeating it is of no use. */
export class InvalidEventError extends Error {
  readonly code = 'invalid_event';

  /** @param path where in the request, as in `events[0].payload.corridor` */
  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${reason}`, options);
    this.name = 'InvalidEventError';
  }
}

/** More is waiting than may wait; nothing of this request was written. */
export class LedgerOverloadedError extends Error {
  readonly code = 'ledger_overloaded';
  readonly retryAfterMs = 1_000;

  constructor() {
    super('Too many appends are waiting for the ledger');
    this.name = 'LedgerOverloadedError';
  }
}

/** The ledger cannot be reached or cannot write (disk full, lock held); nothing of this request was written. */
export class LedgerUnavailableError extends Error {
  readonly code = 'ledger_unavailable';
  readonly retryAfterMs = 5_000;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The ledger is not available: ${reason}`, options);
    this.name = 'LedgerUnavailableError';
  }
}

/** The connection was lost before the answer: the events may be recorded or not. Repeating them is safe. */
export class AppendOutcomeUnknownError extends Error {
  readonly code = 'append_outcome_unknown';
  readonly retryAfterMs = 5_000;

  constructor(options?: ErrorOptions) {
    super(
      'The connection to the ledger was lost before it answered; the events may be recorded or not',
      options,
    );
    this.name = 'AppendOutcomeUnknownError';
  }
}
