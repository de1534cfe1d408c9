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

/** From here on two half groups beat a whole one: one is prepared while the other is flushed to disk. */
const worthTwoFlights = 16;

/**
 * Whoever comes while a group is on its way waits, and all of them form the next one. So a flush to disk is shared by
 * as many as there are, and a lone caller waits for nobody. When many wait, two groups are under way at once; the
 * lock on the ledger's head orders them.
 */
export class GroupCommit<Request extends Groupable, Outcome> {
  private queue: readonly Waiting<Request, Outcome>[] = [];
  private readonly flights = new Set<readonly Waiting<Request, Outcome>[]>();
  private waitingEvents = 0;
  private waitingBytes = 0;
  private launching = false;
  private idle = Promise.withResolvers<undefined>();

  constructor(
    private readonly write: GroupWrite<Request, Outcome>,
    private readonly group: GroupBounds,
    private readonly waiting: Omit<GroupBounds, 'requestsMax'>,
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
      this.launchSoon();
    });
  }

  /** Resolves when nothing is waiting or on its way. */
  async drained(): Promise<void> {
    if (this.waitingEvents > 0) await this.idle.promise;
  }

  /** Callers that were just answered often append again at once: they are let in first. */
  private launchSoon(): void {
    if (this.launching) return;
    this.launching = true;
    setImmediate(() => {
      this.launching = false;
      if (this.flights.size === 0) this.launch(Math.ceil(this.queue.length / 2));
      if (this.flights.size === 1 && this.queue.length >= worthTwoFlights / 2) this.launch(this.queue.length);
    });
  }

  private launch(half: number): void {
    const requestsMax = this.queue.length < worthTwoFlights ? worthTwoFlights : half;
    const bounds = { ...this.group, requestsMax: Math.min(requestsMax, this.group.requestsMax) };
    const { group, rest } = takeGroup(this.queue, [...this.flights].flat(), bounds);
    if (group.length === 0) return;
    this.queue = rest;
    this.flights.add(group);
    void this.fly(group);
  }

  private async fly(group: readonly Waiting<Request, Outcome>[]): Promise<void> {
    const settled = await this.write(group.map(({ request }) => request));
    this.flights.delete(group);
    for (const [index, waiting] of group.entries()) this.settle(waiting, settled[index]);
    if (this.queue.length > 0) this.launchSoon();
    if (this.waitingEvents > 0) return;
    this.idle.resolve(undefined);
    this.idle = Promise.withResolvers();
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
