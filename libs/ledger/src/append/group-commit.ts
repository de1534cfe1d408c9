import { LedgerOverloadedError } from '../ledger.error.ts';
import { type Groupable, type GroupBounds, takeGroup } from './append-group.ts';

/** Writes a group and settles each of its requests; MUST NOT reject. */
export type GroupWrite<Request, Outcome> = (
  group: readonly Request[],
) => Promise<readonly PromiseSettledResult<Outcome>[]>;

interface Waiting<Request, Outcome> extends Groupable {
  readonly request: Request;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

/**
 * Whoever comes while a group is on its way waits, and all of them form the next one. So a flush to disk is shared by
 * as many as there are, and a lone caller waits for nobody. Two groups under way at once were tried and gave nothing:
 * the second only waits for the lock of the first.
 */
export class GroupCommit<Request extends Groupable, Outcome> {
  private queue: readonly Waiting<Request, Outcome>[] = [];
  private waitingEvents = 0;
  private waitingBytes = 0;
  private running: Promise<void> | null = null;

  constructor(
    private readonly write: GroupWrite<Request, Outcome>,
    private readonly group: GroupBounds,
    private readonly waiting: GroupBounds,
  ) {}

  /** @throws LedgerOverloadedError when too much is waiting */
  submit(request: Request): Promise<Outcome> {
    const { streamId, eventIds, byteCount } = request;
    const full =
      this.waitingEvents + eventIds.length > this.waiting.eventsMax ||
      this.waitingBytes + byteCount > this.waiting.bytesMax;
    if (full && this.waitingEvents > 0) return Promise.reject(new LedgerOverloadedError());
    return new Promise<Outcome>((resolve, reject) => {
      const waiting = { request, streamId, eventIds, byteCount, resolve, reject };
      (this.queue as Waiting<Request, Outcome>[]).push(waiting);
      this.waitingEvents += eventIds.length;
      this.waitingBytes += byteCount;
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing is waiting or on its way. */
  async drained(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) {
      // Callers that were just answered often append again at once: a tick runs after all of them have gone on.
      await new Promise((resolve) => {
        process.nextTick(resolve);
      });
      const { group, rest } = takeGroup(this.queue, this.group);
      this.queue = rest;
      const settled = await this.write(group.map(({ request }) => request));
      for (const [index, waiting] of group.entries()) this.settle(waiting, settled[index]);
    }
    this.running = null;
  }

  private settle(
    waiting: Waiting<Request, Outcome>,
    result: PromiseSettledResult<Outcome> | undefined,
  ): void {
    this.waitingEvents -= waiting.eventIds.length;
    this.waitingBytes -= waiting.byteCount;
    if (result?.status === 'fulfilled') waiting.resolve(result.value);
    else waiting.reject(result?.reason);
  }
}
