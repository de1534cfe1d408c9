/**
 * In a consumer the kind of a failure decides everything: the world (try again), the message (park it), us
 * (crash). A failure that is not known to be the world's is the message's.
 */
export type FailureKind = 'world' | 'message' | 'us';

// SQLSTATE classes: connection, insufficient resources, operator intervention, system error, transaction rollback.
const worldSqlStates = /^(08|53|57|58|40)|^(55P03|25P03|25006)$/;
const worldCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ledger_unavailable',
  'ledger_overloaded',
  'append_outcome_unknown',
]);

export function failureKind(error: unknown): FailureKind {
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError)
    return 'message';
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (typeof code === 'string' && (worldCodes.has(code) || worldSqlStates.test(code))) return 'world';
  // pg gives these two without a code.
  if (/Connection terminated|timeout exceeded when trying to connect/.test(message)) return 'world';
  // A missing table or right is a wrong deployment: every event would fail alike.
  if (typeof code === 'string' && /^(42P01|42501|3F000|42703)$/.test(code)) return 'us';
  return 'message';
}
