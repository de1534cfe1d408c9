import type { Ledger } from '#ledger';
import { type Pool } from 'pg';
import {
  type CountFeed,
  type Feed,
  type FeedLog,
  type RunningSubscription,
  type Subscription,
} from '../feed.ts';
import { type AppendHint } from '../poll-pace.ts';
import { Election } from './election.ts';
import { LedgerSubscription } from './ledger-subscription.ts';

export interface LedgerFeedParts {
  readonly ledger: Pick<Ledger, 'read' | 'head'>;
  /** One of its connections is held for as long as the feed is open. */
  readonly pool: Pool;
  readonly log: FeedLog;
  readonly hint?: AppendHint;
  readonly count?: CountFeed;
  readonly drainMs?: number;
}

/** Tails the ledger itself: no broker, one instance of each name at work, the others ready to step in. */
export function openLedgerFeed(parts: LedgerFeedParts): Feed {
  return new LedgerFeed(parts);
}

class LedgerFeed implements Feed {
  private readonly running = new Map<string, RunningSubscription>();
  private readonly election: Election;

  constructor(private readonly parts: LedgerFeedParts) {
    this.election = new Election(parts.pool, parts.log);
  }

  subscribe(subscription: Subscription): Promise<RunningSubscription> {
    const { name } = subscription;
    // Locks of one session do not exclude each other.
    if (this.running.has(name)) throw new Error(`This feed has a subscription "${name}" already`);
    const started = new LedgerSubscription(this.parts, this.election, subscription);
    const running: RunningSubscription = {
      failed: started.failed,
      health: () => started.health(),
      stop: async () => {
        await started.stop();
        this.running.delete(name);
      },
    };
    this.running.set(name, running);
    return Promise.resolve(running);
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map((running) => running.stop()));
    await this.election.close();
  }
}
