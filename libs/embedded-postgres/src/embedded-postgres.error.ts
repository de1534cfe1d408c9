export type EmbeddedPostgresErrorCode =
  | 'postgres_unsupported_platform'
  | 'postgres_directory_unwritable'
  | 'postgres_directory_in_use'
  | 'postgres_port_taken'
  | 'postgres_refuses_root'
  | 'postgres_start_failed';

/** The message is one sentence for the person at the terminal. */
export class EmbeddedPostgresError extends Error {
  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

/** By shape and not by class: errors of Node's own modules are of another realm under Jest. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

export function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
