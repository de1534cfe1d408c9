import { type RefusalTable } from '#platform';

export class MissingKeyError extends Error {
  readonly code = 'missing_key';
  constructor() {
    super('Send an API key as "Authorization: Bearer cw_…".');
  }
}

export class UnknownKeyError extends Error {
  readonly code = 'unknown_key';
  constructor() {
    super('The API key is not known, or was revoked.');
  }
}

export class MissingScopeError extends Error {
  readonly code = 'missing_scope';
  constructor(scope: string) {
    super(`The API key lacks the scope "${scope}".`);
  }
}

export class IdempotencyKeyReusedError extends Error {
  readonly code = 'idempotency_key_reused';
  constructor(options?: ErrorOptions) {
    super('This Idempotency-Key came before with another request or another API key.', options);
  }
}

export class IdempotencyKeyInUseError extends Error {
  readonly code = 'idempotency_key_in_use';
  constructor() {
    super('The first request with this Idempotency-Key is still being worked on.');
  }
}

export class BadIdempotencyKeyError extends Error {
  readonly code = 'bad_idempotency_key';
  constructor() {
    super('Idempotency-Key must be 1 to 200 visible ASCII characters.');
  }
}

export const accessRefusals: RefusalTable = {
  missing_key: { status: 401, title: 'A key is needed' },
  unknown_key: { status: 401, title: 'The key is not valid' },
  missing_scope: { status: 403, title: 'The key does not allow this' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key was used for another request' },
  idempotency_key_in_use: { status: 409, title: 'The first request is still being worked on' },
  bad_idempotency_key: { status: 400, title: 'The idempotency key is not valid' },
};
