import { LedgerOverloadedError } from '#ledger';
import { type HealthReport, type Logger } from '#platform';
import { type Arriving } from './intake-group.ts';
import { type IntakeRecorder, type Recorded } from './intake-recorder.ts';

interface Waiting {
  readonly arriving: Arriving;
  resolve(recorded: Recorded): void;
  reject(reason: unknown): void;
}

const groupMax = 64;
const waitingMax = 5_000;

/** Where every text waits to be recorded. Who comes while a group is on its way waits, and all form the next one. */
export class IntakeDesk {
  private queue: Waiting[] = [];
  private running: Promise<void> | null = null;
  private isOpen = false;

  constructor(
    private readonly recorder: IntakeRecorder,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** @throws LedgerOverloadedError when too many wait */
  async take(arriving: Arriving): Promise<Recorded> {
    if (this.queue.length >= waitingMax) throw new LedgerOverloadedError();
    return new Promise((resolve, reject) => {
      this.queue.push({ arriving, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Not ready before the index of texts is read; asking again is what tries again. */
  async health(): Promise<HealthReport> {
    if (!this.isOpen) await this.open();
    return { ready: this.isOpen, waiting: this.queue.length };
  }

  async open(): Promise<void> {
    try {
      await this.recorder.open();
      this.isOpen = true;
    } catch (error) {
      this.log.warn({ err: error }, 'the index of texts could not be brought up to the ledger');
    }
  }

  /** Resolves when nobody waits. */
  async drained(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) {
      // Callers that were just answered often come again at once: a tick runs after all of them have gone on.
      await new Promise((resolve) => {
        process.nextTick(resolve);
      });
      const group = this.takeGroup();
      const results = await this.recorder.record(group.map(({ arriving }) => arriving));
      for (const [index, waiting] of group.entries()) {
        const result = results[index];
        if (result?.status === 'fulfilled') waiting.resolve(result.value);
        else waiting.reject(result?.reason);
      }
    }
    this.running = null;
  }

  /** The first ones, but of those with one wording or one page only the first: it decides what the others are. */
  private takeGroup(): readonly Waiting[] {
    const taken = new Set<string>();
    const group: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const waiting of this.queue) {
      const { wording, page } = waiting.arriving;
      const isFree = !taken.has(wording) && (page === null || !taken.has(page));
      // Also when it has to wait: what comes behind it on the same page must stay behind it.
      taken.add(wording);
      if (page !== null) taken.add(page);
      (isFree && group.length < groupMax ? group : rest).push(waiting);
    }
    this.queue = rest;
    return group;
  }
}
