/** Why no connection stands. Stable: operators look these codes up. */
export type DialFaultCode =
  | 'connect_refused'
  | 'connect_unreachable'
  | 'connect_timeout'
  | 'connect_failed'
  | 'reset'
  | 'tls_expired'
  | 'tls_self_signed'
  | 'tls_wrong_host'
  | 'tls_untrusted'
  | 'tls_timeout'
  | 'tls_failed';

export class DialFault extends Error {
  constructor(
    readonly code: DialFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function connectFault(cause: unknown): DialFault {
  return fault(connectCodes.get(codeOf(cause)) ?? 'connect_failed', cause);
}

export function tlsFault(cause: unknown): DialFault {
  const code = codeOf(cause);
  return fault(tlsCodes.get(code) ?? (code.startsWith('UNABLE_TO_') ? 'tls_untrusted' : 'tls_failed'), cause);
}

const connectCodes = new Map<string, DialFaultCode>([
  ['ECONNREFUSED', 'connect_refused'],
  ['ECONNRESET', 'reset'],
  ['ETIMEDOUT', 'connect_timeout'],
  ['EHOSTUNREACH', 'connect_unreachable'],
  ['ENETUNREACH', 'connect_unreachable'],
  ['EADDRNOTAVAIL', 'connect_unreachable'],
]);

const tlsCodes = new Map<string, DialFaultCode>([
  ['CERT_HAS_EXPIRED', 'tls_expired'],
  ['CERT_NOT_YET_VALID', 'tls_expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_self_signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_self_signed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_wrong_host'],
]);

const detailLengthMax = 300;

function fault(code: DialFaultCode, cause: unknown): DialFault {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new DialFault(code, message.slice(0, detailLengthMax), { cause });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | null)?.code ?? '';
}
