import { type KafkaMessage } from 'kafkajs';
import { type CountFeed, type FeedLog, type Subscription } from '../feed.ts';
import { UnreadableRecordError } from './event-record.ts';

const logEveryMs = 1_000;

/** Counts every record that is no event of ours, and logs some: a topic may be full of them. */
export class UnreadableRecords {
  private loggedAt = -Infinity;
  private unloggedCount = 0;

  constructor(
    private readonly parts: {
      readonly topic: string;
      readonly subscription: Subscription;
      readonly log: FeedLog;
      readonly count: CountFeed;
    },
  ) {}

  /** @returns null when the record cannot be read, which is not fatal: the ledger fills the gap */
  unless<Result>(partition: number, { offset }: KafkaMessage, read: () => Result): Result | null {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UnreadableRecordError)) throw error;
      this.report(partition, offset, error);
      return null;
    }
  }

  private report(partition: number, offset: string, { message }: UnreadableRecordError): void {
    const { topic, subscription, log, count } = this.parts;
    count('unreadable', subscription.name, 1);
    this.unloggedCount += 1;
    const now = performance.now();
    if (now - this.loggedAt < logEveryMs) return;
    log.error(
      { topic, partition, offset, subscription: subscription.name, unreadableCount: this.unloggedCount },
      `the record at ${topic}/${partition}/${offset} cannot be read: ${message}`,
    );
    this.loggedAt = now;
    this.unloggedCount = 0;
  }
}
