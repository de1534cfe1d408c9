import { setTimeout as pause } from 'node:timers/promises';
import { type Pool } from 'pg';
import { type Logger } from '#platform';
import { type SourceLease, takeDueSources, takeSource } from './source.lease.ts';
import { type TurnOutcome } from './source.turn.ts';

export interface PollerSettings {
  /** Sources polled at once by one process: one that hangs holds its own place and no other. */
  readonly pollsMax: number;
  /** How soon a source is found that has become due. */
  readonly lookEveryMs: number;
  readonly leaseMs: number;
}

export interface PollerParts {
  readonly pool: Pool;
  readonly takeTurn: (lease: SourceLease, stop: AbortSignal) => Promise<TurnOutcome>;
  readonly settings: PollerSettings;
  readonly logger: Logger;
  readonly onTurn: (outcome: TurnOutcome | null) => void;
}

/** Polls the sources that are due until it is stopped. Any number of processes share the sources. */
export class SourcePoller {
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #wake: () => void = () => undefined;
  #wokenMeanwhile = false;
  #loop: Promise<void> | null = null;

  constructor(private readonly parts: PollerParts) {}

  start(): void {
    this.#loop = this.#run();
  }

  /** Breaks off what is under way, which the next process takes up again, and waits for its end. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The process ends'));
    this.#wakeUp();
    await this.#loop;
    await Promise.all(this.#running);
  }

  /** Polls a source now; null while somebody else does, or where there is none. */
  async pollNow(source: string): Promise<TurnOutcome | null> {
    this.#stop.signal.throwIfAborted();
    const lease = await takeSource(this.parts.pool, source, this.parts.settings.leaseMs);
    if (lease === null) return null;
    const outcome = await this.#tracked(this.parts.takeTurn(lease, this.#stop.signal));
    this.parts.onTurn(outcome);
    return outcome;
  }

  async #run(): Promise<void> {
    const { pollsMax } = this.parts.settings;
    while (!this.#stop.signal.aborted) {
      this.#wokenMeanwhile = false;
      const freeCount = pollsMax - this.#running.size;
      const leases = freeCount <= 0 ? [] : await this.#take(freeCount);
      for (const lease of leases) void this.#tracked(this.#turn(lease));
      await this.#untilWoken();
    }
  }

  async #take(countMax: number): Promise<readonly SourceLease[]> {
    try {
      return await takeDueSources(this.parts.pool, countMax, this.parts.settings.leaseMs);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'due sources could not be taken');
      return [];
    }
  }

  async #turn(lease: SourceLease): Promise<void> {
    const { takeTurn, logger, onTurn } = this.parts;
    const { source } = lease;
    try {
      const outcome = await takeTurn(lease, this.#stop.signal);
      logger.info({ source, ...outcome, statements: outcome.statements.length }, 'polled a source');
      onTurn(outcome);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      logger.warn({ source, err: error }, 'a source could not be polled to the end');
      onTurn(null);
    }
  }

  async #tracked<Result>(turn: Promise<Result>): Promise<Result> {
    // Whoever waits for the end of all turns does not care how one ended.
    const ended = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#running.add(ended);
    try {
      return await turn;
    } finally {
      this.#running.delete(ended);
      // Its place is free: another source may wait for it.
      this.#wakeUp();
    }
  }

  #wakeUp(): void {
    this.#wokenMeanwhile = true;
    this.#wake();
  }

  async #untilWoken(): Promise<void> {
    if (this.#wokenMeanwhile) return;
    const timer = new AbortController();
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    const { lookEveryMs } = this.parts.settings;
    await Promise.race([
      woken,
      pause(lookEveryMs, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
  }
}
