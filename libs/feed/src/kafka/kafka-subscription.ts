import { type Kafka } from 'kafkajs';
import {
  type CountFeed,
  type RunningSubscription,
  type Subscription,
  type SubscriptionHealth,
} from '../feed.ts';
import { LaneIntake } from '../intake/lane-intake.ts';
import { LedgerPages } from '../ledger-pages.ts';
import { backoffMs, pause } from '../pause.ts';
import { feedSource } from '../relay/relay-cursor.ts';
import { checkBrokerVersions, UnsupportedBrokerError } from './broker-versions.ts';
import { ConsumerSession } from './consumer-session.ts';
import { type KafkaFeedParts, type KafkaTiming, kafkaTiming } from './kafka-feed.parts.ts';
import { LaneWatch } from './lane-watch.ts';
import { readSalts } from './salt.reader.ts';
import { ensureTopic, TopicShapeError } from './topic.ts';

const batchEventsMax = 1_000;
const batchBytesMax = 8 * 1024 * 1024;

/**
 * Keeps a consumer of the group alive: when it crashes, a new one is made, because kafkajs leaves a process that has
 * lost its consumer running without one (tulios/kafkajs#1445). Only what no waiting mends ends it.
 */
export class KafkaSubscription implements RunningSubscription {
  readonly failed: Promise<Error>;
  private readonly stopping = new AbortController();
  private readonly intake: LaneIntake;
  private readonly count: CountFeed;
  private readonly done: Promise<void>;
  private fail!: (reason: Error) => void;
  private session: ConsumerSession | null = null;
  private lastError: string | null = null;

  constructor(
    private readonly parts: KafkaFeedParts,
    private readonly kafka: Kafka,
    private readonly subscription: Subscription,
  ) {
    this.count = parts.count ?? (() => undefined);
    this.failed = new Promise((resolve) => {
      this.fail = resolve;
    });
    const pages = new LedgerPages(parts.ledger, { eventsMax: batchEventsMax, bytesMax: batchBytesMax });
    this.intake = new LaneIntake({
      subscription,
      pages,
      batchEventsMax,
      log: parts.log,
      count: this.count,
      saltsOf: (positions) => readSalts(parts.pool, positions),
    });
    this.done = this.run();
  }

  health(): SubscriptionHealth {
    return {
      connected: this.session?.connected ?? false,
      lanes: new Map(this.intake.positions),
      lastError: this.intake.lastError ?? this.lastError,
      lastAppliedAt: this.intake.lastAppliedAt,
    };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (let failureCount = 1; !signal.aborted; failureCount += 1) {
      const startedAt = performance.now();
      try {
        await this.consume();
      } catch (error) {
        const reason = error instanceof Error ? error : new Error(String(error));
        this.lastError = reason.message;
        if (isFinal(reason)) {
          this.parts.log.error(
            { subscription: this.subscription.name, err: reason },
            'the subscription cannot go on',
          );
          this.fail(reason);
          return;
        }
        if (performance.now() - startedAt > this.timing.stuckMs) failureCount = 1;
        this.count('resubscribed', this.subscription.name, 1);
        this.parts.log.warn(
          { subscription: this.subscription.name, err: reason },
          'the consumer ended; a new one is made',
        );
        await pause(backoffMs(failureCount), signal);
      }
    }
  }

  /** Resolves when the subscription stops, and rejects when the consumer has ended by itself. */
  private async consume(): Promise<void> {
    const { parts, kafka, intake, subscription, count } = this;
    await checkBrokerVersions(parts);
    await ensureTopic(kafka, parts);
    const source = await feedSource(parts.pool);
    const session = new ConsumerSession({
      ...parts,
      kafka,
      intake,
      subscription,
      source,
      count,
      timing: this.timing,
    });
    const watch = new LaneWatch(parts, this.timing, intake, (lanes) => {
      session.resume(lanes);
    });
    this.session = session;
    try {
      await session.run(this.stopping.signal, () => {
        this.lastError = null;
      });
    } finally {
      this.session = null;
      watch.end();
    }
  }

  private get timing(): KafkaTiming {
    return { ...kafkaTiming, ...this.parts.timing };
  }
}

function isFinal(error: Error): boolean {
  return error instanceof UnsupportedBrokerError || error instanceof TopicShapeError;
}
