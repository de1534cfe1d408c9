/** Why an attempt got no answer. Stable: receivers' operators look these codes up. */
export type FaultCode =
  | 'url_refused'
  | 'blocked_address'
  | 'dns_not_found'
  | 'dns_timeout'
  | 'dns_failed'
  | 'connect_refused'
  | 'connect_unreachable'
  | 'connect_timeout'
  | 'connect_failed'
  | 'tls_expired'
  | 'tls_self_signed'
  | 'tls_wrong_host'
  | 'tls_untrusted'
  | 'tls_timeout'
  | 'tls_failed'
  | 'timeout'
  | 'reset'
  | 'empty_reply'
  | 'headers_too_large'
  | 'content_length_invalid'
  | 'protocol_error';

export class AttemptFault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function connectFault(cause: unknown): AttemptFault {
  return fault(connectCodes.get(codeOf(cause)) ?? 'connect_failed', cause);
}

export function tlsFault(cause: unknown): AttemptFault {
  const code = codeOf(cause);
  return fault(tlsCodes.get(code) ?? (code.startsWith('UNABLE_TO_') ? 'tls_untrusted' : 'tls_failed'), cause);
}

/** A fault after the connection stood. `anythingRead` tells a closed door from a broken-off answer. */
export function exchangeFault(cause: unknown, anythingRead: boolean): AttemptFault {
  const code = codeOf(cause);
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') return fault('reset', cause);
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return fault('headers_too_large', cause);
  }
  // undici leaves the parser's code out; its sentence is all there is.
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || messageOf(cause).includes('in Content-Length')) {
    return fault('content_length_invalid', cause);
  }
  if (code === 'UND_ERR_SOCKET' && !anythingRead) return fault('empty_reply', cause);
  return fault('protocol_error', cause);
}

const connectCodes = new Map<string, FaultCode>([
  ['ECONNREFUSED', 'connect_refused'],
  ['ECONNRESET', 'reset'],
  ['ETIMEDOUT', 'connect_timeout'],
  ['EHOSTUNREACH', 'connect_unreachable'],
  ['ENETUNREACH', 'connect_unreachable'],
  ['EADDRNOTAVAIL', 'connect_unreachable'],
]);

const tlsCodes = new Map<string, FaultCode>([
  ['CERT_HAS_EXPIRED', 'tls_expired'],
  ['CERT_NOT_YET_VALID', 'tls_expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_self_signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_self_signed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_wrong_host'],
]);

const detailLengthMax = 300;

function fault(code: FaultCode, cause: unknown): AttemptFault {
  return new AttemptFault(code, messageOf(cause).slice(0, detailLengthMax), { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | null)?.code ?? '';
}
