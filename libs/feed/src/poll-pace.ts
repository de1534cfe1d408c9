/** Says that the ledger has grown. A hint: it may be late, missing or wrong, so polling goes on beside it. */
export interface AppendHint {
  /** @returns ends the listening */
  onAppended(listener: () => void): () => void;
}

const shortestMs = 5;
const longestMs = 250;

/**
 * The pauses of a poller: short after work, doubling while there is none, cut short by a hint.
 */
export class PollPace {
  private nextMs = shortestMs;
  private hinted = false;
  private wake: (() => void) | null = null;
  private readonly unlisten: () => void;

  constructor(
    hint: AppendHint | null,
    private readonly signal: AbortSignal,
  ) {
    this.unlisten =
      hint?.onAppended(() => {
        this.hinted = true;
        this.wake?.();
      }) ?? (() => undefined);
    signal.addEventListener('abort', this.end, { once: true });
  }

  /** There was work, so more is likely soon. */
  foundWork(): void {
    this.nextMs = shortestMs;
  }

  async rest(): Promise<void> {
    const restMs = this.nextMs;
    this.nextMs = Math.min(restMs * 2, longestMs);
    // A hint that came while the poller worked is about an event that its query may have missed.
    if (!this.hinted && !this.signal.aborted) await this.sleep(restMs);
    this.hinted = false;
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake?.(), ms);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
    });
  }

  private readonly end = (): void => {
    this.unlisten();
    this.wake?.();
  };
}
