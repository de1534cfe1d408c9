import { isDatabaseAway } from '#platform';

/**
 * In a consumer the kind of a failure decides everything: the world (try again), the message (park it), us
 * (crash). A failure that is not known to be the world's is the message's.
 */
export type FailureKind = 'world' | 'message' | 'us';

const ledgerAway = new Set(['ledger_unavailable', 'ledger_overloaded', 'append_outcome_unknown']);

export function failureKind(error: unknown): FailureKind {
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError)
    return 'message';
  const { code } = error as { code?: unknown };
  if (isDatabaseAway(error) || (typeof code === 'string' && ledgerAway.has(code))) return 'world';
  // A missing table or right is a wrong deployment: every event would fail alike.
  if (typeof code === 'string' && /^(42P01|42501|3F000|42703)$/.test(code)) return 'us';
  // So is a release that is older than what another one recorded.
  if (code === 'unknown_status_rules') return 'us';
  return 'message';
}
