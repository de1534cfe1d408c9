import { setTimeout as pause } from 'node:timers/promises';

interface Line {
  /** Resolves when everyone before has left. */
  tail: Promise<void>;
  freeAtMs: number;
  waitingCount: number;
}

/** One request at a time to each host, and a pause between two. */
export class HostQueue {
  readonly #lines = new Map<string, Line>();

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * Waits for one's turn; MUST be left by calling what it resolves with.
   * @param delayMs from the end of this request to the start of the next
   */
  async enter(host: string, delayMs: number, stop: AbortSignal): Promise<() => void> {
    this.#forgetIdle();
    const line = this.#lines.get(host) ?? { tail: Promise.resolve(), freeAtMs: 0, waitingCount: 0 };
    this.#lines.set(host, line);
    const before = line.tail;
    const turn = Promise.withResolvers<undefined>();
    line.tail = before.then(() => turn.promise);
    line.waitingCount += 1;
    const leave = (): void => {
      line.waitingCount -= 1;
      turn.resolve(undefined);
    };
    try {
      await untilOver(before, stop);
      await pause(Math.max(0, line.freeAtMs - this.now()), undefined, { signal: stop });
    } catch (error) {
      leave();
      stop.throwIfAborted();
      throw error;
    }
    return () => {
      line.freeAtMs = this.now() + delayMs;
      leave();
    };
  }

  #forgetIdle(): void {
    for (const [host, line] of this.#lines) {
      if (line.waitingCount === 0 && line.freeAtMs <= this.now()) this.#lines.delete(host);
    }
  }
}

async function untilOver(before: Promise<void>, stop: AbortSignal): Promise<void> {
  stop.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    reject(new Error('stopped'));
  };
  stop.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([before, promise]);
  } finally {
    stop.removeEventListener('abort', abort);
  }
}
