export type TransparencyErrorCode =
  | 'bad_key'
  | 'folder_unusable'
  | 'key_missing'
  | 'key_not_current'
  | 'key_unknown'
  | 'no_log'
  | 'origin_differs'
  | 'tree_behind';

/** The log cannot be signed as it is set up; the message says what is wrong and what mends it, and holds no secret. */
export class TransparencyError extends Error {
  constructor(
    readonly code: TransparencyErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'TransparencyError';
  }
}

export type SigningRefusalCode = 'history_altered' | 'history_lost' | 'record_unreadable';

/**
 * Signing now would vouch for a second history beside the one that was signed before. Nothing is published until an
 * operator has found out what happened: waiting does not mend it.
 */
export class SigningRefusedError extends Error {
  constructor(
    readonly code: SigningRefusalCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SigningRefusedError';
  }
}
