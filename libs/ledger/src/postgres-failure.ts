import { LedgerUnavailableError } from './ledger.error.ts';

/**
 * What a failed statement tells:
 * - `rejected`: certainly not written, because of what was sent;
 * - `busy`: certainly not written, and may well pass in a moment (lock held, server starting);
 * - `unavailable`: certainly not written, and needs someone's hand (disk full, rights);
 * - `unknown`: the connection broke after it was sent, so it may be written or not.
 */
export type PostgresFailure = 'rejected' | 'busy' | 'unavailable' | 'unknown';

const rejectedClasses: readonly string[] = ['22', '23', '54'];
const busyCodes: readonly string[] = ['55P03', '57014', '40001', '40P01'];

/** @param sent whether the statement can have reached the server */
export function failureOf(error: unknown, sent: boolean): PostgresFailure {
  const { code, severity } = (error ?? {}) as { code?: unknown; severity?: unknown };
  if (typeof code === 'string' && severity === 'ERROR') {
    // An error of the server's ends the transaction before its commit.
    if (rejectedClasses.includes(code.slice(0, 2))) return 'rejected';
    return busyCodes.includes(code) ? 'busy' : 'unavailable';
  }
  if (sent) return 'unknown';
  // Wrong password, no such database: waiting does not help.
  return typeof code === 'string' && /^(28|3D)/.test(code) ? 'unavailable' : 'busy';
}

export function unavailable(error: unknown): LedgerUnavailableError {
  return new LedgerUnavailableError(error instanceof Error ? error.message : String(error), { cause: error });
}
