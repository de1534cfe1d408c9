import { type Kafka } from 'kafkajs';
import { type Feed, type RunningSubscription, type Subscription } from '../feed.ts';
import { checkBrokerVersions, UnsupportedBrokerError } from './broker-versions.ts';
import { createKafka } from './kafka-client.ts';
import { type KafkaFeedParts } from './kafka-feed.parts.ts';
import { KafkaSubscription } from './kafka-subscription.ts';

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
