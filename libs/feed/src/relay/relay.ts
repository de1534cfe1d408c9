import type { Ledger } from '#ledger';
import { type Pool } from 'pg';
import { type CountFeed, FencedError, type FeedLog } from '../feed.ts';
import { LedgerPages } from '../ledger-pages.ts';
import { backoffMs, pause } from '../pause.ts';
import { type AppendHint, PollPace } from '../poll-pace.ts';
import { threadLanes } from './lane-thread.ts';
import { type Publisher } from './publisher.ts';
import { RelayCursor, type Term } from './relay-cursor.ts';
import { RelayLease } from './relay-lease.ts';

export interface RelayParts {
  readonly ledger: Pick<Ledger, 'read' | 'head'>;
  /** Its role MUST be a member of `feedRole`. */
  readonly pool: Pool;
  readonly publisher: Publisher;
  /** Unique among the relays that run at one time; who comes back under the same name leads again at once. */
  readonly holder: string;
  readonly log: FeedLog;
  readonly hint?: AppendHint;
  readonly count?: CountFeed;
  readonly leaseMs?: number;
  readonly batchEventsMax?: number;
  readonly batchBytesMax?: number;
}

export interface Relay {
  /** @throws when Postgres cannot be asked */
  health(): Promise<RelayHealth>;
  /** Resolves when the batch in flight has settled and the lease is given back. */
  stop(): Promise<void>;
}

export interface RelayHealth {
  readonly leading: boolean;
  /** The transport has confirmed everything up to here. */
  readonly position: number;
  /** Events of the ledger that the transport has not confirmed yet. */
  readonly lag: number;
  readonly lastError: string | null;
}

/**
 * Publishes the ledger in order of position. Any number of relays may run; one leads, the others stand by. The
 * leader has one batch in flight, and goes on only from what is confirmed and recorded: after any doubt it
 * publishes the same events again, and the consumers drop what they have seen.
 */
export function startRelay(parts: RelayParts): Relay {
  const relay = new LedgerRelay(parts);
  const done = relay.run();
  return {
    health: () => relay.health(),
    stop: async () => {
      relay.stop();
      await done;
    },
  };
}

class LedgerRelay {
  private readonly stopping = new AbortController();
  private readonly cursor: RelayCursor;
  private readonly pages: LedgerPages;
  private readonly pace: PollPace;
  private readonly leaseMs: number;
  private leading = false;
  private lastError: string | null = null;

  constructor(private readonly parts: RelayParts) {
    const { pool, publisher, holder, ledger, hint, leaseMs = 6_000 } = parts;
    this.leaseMs = leaseMs;
    this.cursor = new RelayCursor(pool, publisher.topic, holder, leaseMs);
    this.pages = new LedgerPages(ledger, {
      eventsMax: parts.batchEventsMax ?? 1_000,
      bytesMax: parts.batchBytesMax ?? 4 * 1024 * 1024,
    });
    this.pace = new PollPace(hint ?? null, this.stopping.signal);
  }

  stop(): void {
    this.stopping.abort();
  }

  async health(): Promise<RelayHealth> {
    const [position, head] = await Promise.all([this.cursor.position(), this.parts.ledger.head()]);
    const lag = Math.max(0, head.position - position);
    return { leading: this.leading, position, lag, lastError: this.lastError };
  }

  /** Stands by, leads, and stands by again when it lost the lead; nothing that fails ends it but `stop`. */
  async run(): Promise<void> {
    let failureCount = 0;
    while (!this.stopping.signal.aborted) {
      try {
        const term = await this.cursor.claim();
        failureCount = 0;
        if (term === null) await pause(this.leaseMs / 4, this.stopping.signal);
        else await this.lead(term);
      } catch (error) {
        if (!(error instanceof FencedError)) failureCount += 1;
        this.failed(error, 'the relay lost the lead or Postgres; it stands for election again');
        await pause(backoffMs(Math.max(1, failureCount)), this.stopping.signal);
      }
    }
  }

  private async lead(first: Term): Promise<void> {
    const { log, publisher } = this.parts;
    log.info({ topic: publisher.topic, epoch: first.epoch, position: first.position }, 'the relay leads');
    this.leading = true;
    const lease = new RelayLease(this.cursor, first, this.leaseMs);
    try {
      let term = first;
      while (!this.stopping.signal.aborted) term = await this.step(term, lease);
      await this.cursor.resign(term);
    } finally {
      this.leading = false;
      lease.end();
    }
  }

  private async step(term: Term, lease: RelayLease): Promise<Term> {
    await lease.confirm();
    const events = await this.pages.after(term.position);
    const last = events.at(-1);
    if (last === undefined) {
      await this.pace.rest();
      return term;
    }
    this.pace.foundWork();
    const { records, heads } = threadLanes(term.lanes, events);
    if (!(await this.publishUntilConfirmed(records, lease))) return term;
    const asked = performance.now();
    const moved = await this.cursor.move(term, last.position, heads);
    lease.renewed(asked);
    this.lastError = null;
    this.parts.count?.('published', 'relay', records.length);
    return moved;
  }

  /** @returns false when it was stopped before the transport confirmed */
  private async publishUntilConfirmed(
    records: Parameters<Publisher['publish']>[0],
    lease: RelayLease,
  ): Promise<boolean> {
    for (let failureCount = 1; !this.stopping.signal.aborted; failureCount += 1) {
      await lease.confirm();
      try {
        await this.parts.publisher.publish(records);
        return true;
      } catch (error) {
        this.parts.count?.('publish_failed', 'relay', 1);
        this.failed(error, 'the transport did not confirm a batch; it is published again');
        await pause(backoffMs(failureCount), this.stopping.signal);
      }
    }
    return false;
  }

  private failed(error: unknown, message: string): void {
    this.lastError = error instanceof Error ? error.message : String(error);
    this.parts.log.warn({ topic: this.parts.publisher.topic, err: error }, message);
  }
}
