/** The hint of the ledger that it has grown. It may be late, missing or wrong, so polling goes on beside it. */
export interface GrowthHint {
  /** @returns ends the listening */
  onAppended(listener: (position: number) => void): () => void;
}

/** Between two checkpoints while events come: nobody reads them faster, and each costs two flushes to disk. */
const usualMs = 200;
/** How long a lost hint may go unnoticed. */
const longestMs = 500;

/**
 * When the log takes its next step: at least every half second, and within 200 ms of an event.
 */
export class LogPace {
  private appended = 0;
  private startedAt = 0;
  private wake: (() => void) | null = null;
  private readonly unlisten: () => void;

  constructor(
    hint: GrowthHint,
    private readonly signal: AbortSignal,
  ) {
    this.unlisten = hint.onAppended((position) => {
      this.appended = Math.max(this.appended, position);
      this.wake?.();
    });
    signal.addEventListener('abort', this.end, { once: true });
  }

  stepStarts(): void {
    this.startedAt = performance.now();
  }

  /** @param size of the tree: what the hint says beyond it is waiting */
  async untilNextStep(size: number): Promise<void> {
    while (!this.signal.aborted) {
      const waitMs = this.startedAt + this.pauseMs(size) - performance.now();
      if (waitMs <= 0) return;
      await this.sleep(waitMs);
    }
  }

  /** A rest after a failure, which no hint shortens. */
  async pause(ms: number): Promise<void> {
    const until = performance.now() + ms;
    for (let left = ms; left > 0 && !this.signal.aborted; left = until - performance.now())
      await this.sleep(left);
  }

  private pauseMs(size: number): number {
    return this.appended > size ? usualMs : longestMs;
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
