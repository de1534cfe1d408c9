import { type Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import {
  type AddressGuard,
  checkedConnector,
  type CheckedTarget,
  type ConnectorSettings,
  DialFault,
  TargetRefusedError,
  TargetUnresolvedError,
} from '#address-guard';
import { AttemptFault, exchangeFault, type FaultCode } from './attempt.fault.ts';
import { readExcerpt, type ResponseExcerpt } from './response.excerpt.ts';

export interface SenderSettings extends ConnectorSettings {
  /** From the standing connection to the end of the answer's headers. */
  readonly headersTimeoutMs: number;
  /** The whole attempt, whatever the receiver does. */
  readonly attemptTimeoutMs: number;
  /** How long the answer's body is listened to once the status is known. */
  readonly excerptTimeoutMs: number;
}

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type AttemptResult = Answered | Unanswered;

export interface Answered extends ResponseExcerpt {
  readonly kind: 'answered';
  readonly status: number;
  readonly retryAfter: string | null;
  readonly durationMs: number;
}

export interface Unanswered {
  readonly kind: 'unanswered';
  readonly code: FaultCode;
  readonly detail: string;
  /** The receiver may have acted on the message, though we have no answer. */
  readonly bodySent: boolean;
  readonly durationMs: number;
}

/** One POST. Resolves with what happened, and rejects only when `stop` is aborted: then nothing is known. */
export type WebhookSender = (request: WebhookRequest, stop: AbortSignal) => Promise<AttemptResult>;

export function webhookSender(guard: AddressGuard, settings: SenderSettings): WebhookSender {
  return async (request, stop) => {
    const startedAt = performance.now();
    const exchange = new Exchange(request, settings, stop);
    try {
      const answer = await exchange.run(await guard.check(request.url));
      return { kind: 'answered', ...answer, durationMs: elapsedMs(startedAt) };
    } catch (error) {
      stop.throwIfAborted();
      const { code, message } = exchange.faultOf(error);
      return {
        kind: 'unanswered',
        code,
        detail: message,
        bodySent: exchange.bodySent,
        durationMs: elapsedMs(startedAt),
      };
    } finally {
      exchange.end();
    }
  };
}

/**
 * One connection, one request, one answer. The deadlines are our own timers on one signal: undici's header time-out
 * starts anew with each `103`, and its body time-out with each byte that trickles in.
 */
class Exchange {
  readonly #deadline = new AbortController();
  readonly #signal: AbortSignal;
  readonly #timers: NodeJS.Timeout[] = [];
  #socket: Socket | null = null;
  #client: Client | null = null;

  constructor(
    readonly request: WebhookRequest,
    readonly settings: SenderSettings,
    stop: AbortSignal,
  ) {
    this.#signal = AbortSignal.any([this.#deadline.signal, stop]);
    this.#abortAfter(settings.attemptTimeoutMs, 'The attempt');
  }

  async run(target: CheckedTarget): Promise<Omit<Answered, 'kind' | 'durationMs'>> {
    this.#signal.throwIfAborted();
    const response = await this.#post(target);
    const excerpt = await readExcerpt(response.body, this.settings.excerptTimeoutMs);
    return { status: response.statusCode, retryAfter: headerOf(response, 'retry-after'), ...excerpt };
  }

  get bodySent(): boolean {
    const socket = this.#socket;
    // What the kernel has taken counts as sent; better a doubt too many than a repetition nobody was told of.
    return socket !== null && socket.bytesWritten - socket.writableLength >= this.request.body.length;
  }

  faultOf(error: unknown): { code: FaultCode; message: string } {
    const reason: unknown = this.#deadline.signal.aborted ? this.#deadline.signal.reason : error;
    if (reason instanceof AttemptFault || reason instanceof DialFault) return reason;
    if (reason instanceof TargetRefusedError || reason instanceof TargetUnresolvedError) return reason;
    return exchangeFault(reason, (this.#socket?.bytesRead ?? 0) > 0);
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    // Not awaited: the answer is known, and a receiver that will not hang up must not hold the lane.
    void this.#client?.destroy();
    this.#socket?.destroy();
  }

  async #post(target: CheckedTarget): Promise<Dispatcher.ResponseData> {
    const { url } = target;
    const onConnected = (socket: Socket): void => {
      this.#socket = socket;
      this.#abortAfter(this.settings.headersTimeoutMs, "The answer's head");
    };
    this.#client = new Client(url.origin, {
      connect: checkedConnector(target, this.settings, this.#signal, onConnected),
      // Says `connection: close`: no socket outlives its message.
      pipelining: 0,
      maxHeaderSize: 16_384,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const response = await this.#client.request({
      method: 'POST',
      path: url.pathname + url.search,
      headers: { ...this.request.headers },
      body: this.request.body,
      signal: this.#signal,
    });
    return response;
  }

  #abortAfter(timeoutMs: number, what: string): void {
    const timer = setTimeout(() => {
      this.#deadline.abort(new AttemptFault('timeout', `${what} took longer than ${timeoutMs} ms`));
    }, timeoutMs);
    this.#timers.push(timer);
  }
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function elapsedMs(startedAt: number): number {
  return Math.round(performance.now() - startedAt);
}
