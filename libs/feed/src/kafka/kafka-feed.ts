import type { Ledger } from '#ledger';
import { type Kafka } from 'kafkajs';
import { type Pool } from 'pg';
import {
  type CountFeed,
  type Feed,
  type FeedLog,
  type RunningSubscription,
  type Subscription,
} from '../feed.ts';
import { checkBrokerVersions, UnsupportedBrokerError } from './broker-versions.ts';
import { createKafka, type KafkaConnection } from './kafka-client.ts';
import { KafkaSubscription } from './kafka-subscription.ts';
import { type TopicSettings } from './topic.ts';

export interface KafkaFeedParts extends KafkaConnection, TopicSettings {
  /** Refills what the topic does not hold. */
  readonly ledger: Pick<Ledger, 'read' | 'head'>;
  /** Its role MUST be a member of `feedRole`. */
  readonly pool: Pool;
  readonly log: FeedLog;
  readonly count?: CountFeed;
  readonly timing?: Partial<KafkaTiming>;
}

export interface KafkaTiming {
  /** How long a consumer that was killed keeps its lanes from the others. */
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly rebalanceTimeoutMs: number;
  /** How long one request for records may wait for some; bounds the time that `stop` takes. */
  readonly fetchWaitMs: number;
  /** Every so often the lanes are compared with what the relay has published. */
  readonly watchMs: number;
  /** A lane that stands still so long behind what is published is refilled from the ledger. */
  readonly stallMs: number;
  /** A lane that another instance took while the group gives it to us is taken back after so long. */
  readonly retakeMs: number;
  /** A client that says nothing for so long is replaced. */
  readonly stuckMs: number;
  readonly drainMs: number;
}

export const kafkaTiming: KafkaTiming = {
  sessionTimeoutMs: 10_000,
  heartbeatMs: 1_000,
  rebalanceTimeoutMs: 15_000,
  fetchWaitMs: 1_000,
  watchMs: 1_000,
  stallMs: 5_000,
  retakeMs: 3_000,
  stuckMs: 60_000,
  drainMs: 10_000,
};

/**
 * @throws UnsupportedBrokerError when a broker answers that this client does not speak to; that none answers is no
 * error, the subscriptions go on trying
 */
export async function openKafkaFeed(parts: KafkaFeedParts): Promise<Feed> {
  try {
    await checkBrokerVersions(parts, 1_000);
  } catch (error) {
    if (error instanceof UnsupportedBrokerError) throw error;
    parts.log.warn(
      { brokers: parts.brokers, err: error },
      'Kafka does not answer yet; the feed goes on trying',
    );
  }
  return new KafkaFeed(parts, createKafka(parts, parts.log));
}

class KafkaFeed implements Feed {
  private readonly running = new Map<string, RunningSubscription>();

  constructor(
    private readonly parts: KafkaFeedParts,
    private readonly kafka: Kafka,
  ) {}

  subscribe(subscription: Subscription): Promise<RunningSubscription> {
    const { name } = subscription;
    if (this.running.has(name)) throw new Error(`This feed has a subscription "${name}" already`);
    const started = new KafkaSubscription(this.parts, this.kafka, subscription);
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
  }
}
