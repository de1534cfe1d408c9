import { type DialFaultCode } from '#address-guard';

/** Why an attempt got no answer. Stable: receivers' operators look these codes up. */
export type FaultCode =
  | DialFaultCode
  | 'url_refused'
  | 'blocked_address'
  | 'dns_not_found'
  | 'dns_timeout'
  | 'dns_failed'
  | 'timeout'
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
