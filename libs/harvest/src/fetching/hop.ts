import { type Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import {
  checkedConnector,
  DialFault,
  TargetRefusedError,
  TargetUnresolvedError,
  type AddressGuard,
} from '#address-guard';
import { HarvestError } from '../harvest.error.ts';
import { encodingOf, readBody } from './bounded-body.ts';
import { type FetchLimits } from './fetched.ts';

export interface HopAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Only of a 200 whose head was wanted. */
  readonly bytes: Buffer | null;
}

/**
 * One GET on one connection, no redirect followed. The deadlines are our own timers on one signal: undici's start
 * anew with each byte that trickles in.
 */
export class Hop {
  readonly #deadline = new AbortController();
  readonly #signal: AbortSignal;
  readonly #timers = new Set<NodeJS.Timeout>();
  #socket: Socket | null = null;
  #client: Client | null = null;
  #headTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly guard: AddressGuard,
    private readonly limits: FetchLimits,
    private readonly stop: AbortSignal,
  ) {
    this.#signal = AbortSignal.any([this.#deadline.signal, stop]);
  }

  /** @param wanted judges the head of a 200 before its body is read; throws where the body is of no use */
  async run(
    url: string,
    headers: Readonly<Record<string, string>>,
    wanted: (headers: Readonly<Record<string, string>>) => void,
  ): Promise<HopAnswer> {
    this.#abortAfter(this.limits.totalTimeoutMs, 'timeout', 'The answer');
    try {
      const response = await this.#request(url, headers);
      const answered = headersOf(response);
      if (response.statusCode !== 200) return { status: response.statusCode, headers: answered, bytes: null };
      wanted(answered);
      const bytes = await this.#read(response, encodingOf(answered['content-encoding']));
      return { status: 200, headers: answered, bytes };
    } catch (error) {
      this.stop.throwIfAborted();
      throw this.#faultOf(error);
    } finally {
      this.#end();
    }
  }

  async #request(url: string, headers: Readonly<Record<string, string>>): Promise<Dispatcher.ResponseData> {
    const target = await this.guard.check(url);
    this.#signal.throwIfAborted();
    const onConnected = (socket: Socket): void => {
      this.#socket = socket;
      this.#headTimer = this.#abortAfter(this.limits.headersTimeoutMs, 'timeout', "The answer's head");
    };
    const connector = { connectTimeoutMs: this.limits.connectTimeoutMs, certificateAuthorities: [] };
    this.#client = new Client(target.url.origin, {
      connect: checkedConnector(target, connector, this.#signal, onConnected),
      pipelining: 0,
      maxHeaderSize: 16_384,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const response = await this.#client.request({
      method: 'GET',
      path: target.url.pathname + target.url.search,
      headers: { ...headers },
      signal: this.#signal,
    });
    if (this.#headTimer !== null) this.#disarm(this.#headTimer);
    return response;
  }

  async #read({ body }: Dispatcher.ResponseData, encoding: string): Promise<Buffer> {
    const { idleTimeoutMs } = this.limits;
    let idle = this.#abortAfter(idleTimeoutMs, 'idle_timeout', 'A piece of the body');
    return readBody(body, encoding, this.limits, () => {
      this.#disarm(idle);
      idle = this.#abortAfter(idleTimeoutMs, 'idle_timeout', 'A piece of the body');
    });
  }

  #faultOf(error: unknown): HarvestError {
    const reason: unknown = this.#deadline.signal.aborted ? this.#deadline.signal.reason : error;
    if (reason instanceof HarvestError) return reason;
    if (
      reason instanceof DialFault ||
      reason instanceof TargetRefusedError ||
      reason instanceof TargetUnresolvedError
    ) {
      return new HarvestError(reason.code, reason.message, { cause: reason });
    }
    const { code = '', message } = reason as NodeJS.ErrnoException;
    const brokenOff = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/.test(code);
    return new HarvestError(brokenOff ? 'broken_off' : 'protocol_error', message.slice(0, 300), {
      cause: reason,
    });
  }

  #end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    // Not awaited: a server that will not hang up must not hold us.
    void this.#client?.destroy();
    this.#socket?.destroy();
  }

  #abortAfter(timeoutMs: number, code: 'timeout' | 'idle_timeout', what: string): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#deadline.abort(new HarvestError(code, `${what} took longer than ${timeoutMs} ms`));
    }, timeoutMs);
    this.#timers.add(timer);
    return timer;
  }

  #disarm(timer: NodeJS.Timeout): void {
    clearTimeout(timer);
    this.#timers.delete(timer);
  }
}

function headersOf({ headers }: Dispatcher.ResponseData): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
