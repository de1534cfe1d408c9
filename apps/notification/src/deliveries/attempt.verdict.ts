import { retryAfterMs } from '#address-guard';
import { type FaultCode } from '../sending/attempt.fault.ts';
import { type AttemptResult } from '../sending/webhook.sender.ts';

/** What an attempt says about the message and about the endpoint. */
export type Verdict =
  | { readonly kind: 'delivered' }
  /** The endpoint is fine and does not want this message. */
  | { readonly kind: 'message_fault'; readonly code: VerdictCode }
  /** The endpoint is in trouble; no message would fare better. */
  | {
      readonly kind: 'endpoint_fault';
      readonly code: VerdictCode;
      readonly retryAfterMs: number | null;
      /** The body was sent and no status came back: the receiver may have acted on it. */
      readonly outcomeUnknown: boolean;
    }
  /** The receiver says that it is gone for good. */
  | { readonly kind: 'gone'; readonly code: VerdictCode };

export type VerdictCode = FaultCode | 'redirect_not_followed' | 'worker_lost' | `http_${number}`;

const messageFaultStatuses: ReadonlySet<number> = new Set([400, 413, 415, 422]);

export function verdictOf(result: AttemptResult, nowMs: number): Verdict {
  if (result.kind === 'unanswered') {
    const { code, bodySent } = result;
    return { kind: 'endpoint_fault', code, retryAfterMs: null, outcomeUnknown: bodySent };
  }
  const { status } = result;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'gone', code: 'http_410' };
  const code = status >= 300 && status < 400 ? 'redirect_not_followed' : (`http_${status}` as const);
  if (messageFaultStatuses.has(status)) return { kind: 'message_fault', code };
  // A status that nobody foresaw counts against the endpoint: then the message is kept and nothing is lost.
  const delayMs = retryAfterMs(result.retryAfter, nowMs);
  return { kind: 'endpoint_fault', code, retryAfterMs: delayMs, outcomeUnknown: false };
}
