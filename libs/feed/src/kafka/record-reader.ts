import { type KafkaMessage } from 'kafkajs';
import { type CountFeed, type FeedLog, type Subscription } from '../feed.ts';
import { type Arrival } from '../intake/lane-work.ts';
import { decodeRecord, isSealedRecord, placeOfRecord, UnreadableRecordError } from './event-record.ts';

export interface RecordReaderParts {
  readonly topic: string;
  /** Records of other ledgers are none of ours. */
  readonly source: string;
  readonly subscription: Subscription;
  readonly log: FeedLog;
  readonly count: CountFeed;
}

const logEveryMs = 1_000;

/**
 * Reads records as events. What is none of ours is not fatal, for the ledger fills the gap that it leaves; every such
 * record is counted, and some are logged, since a topic may be full of them.
 */
export class RecordReader {
  private loggedAt = -Infinity;
  private unloggedCount = 0;

  constructor(private readonly parts: RecordReaderParts) {}

  /** Empty when the record has no place in the lane. */
  arrivals(lane: number, message: KafkaMessage): Arrival[] {
    const place = this.unlessUnreadable(lane, message, () => placeOfRecord(this.parts.source, lane, message));
    if (place === null) return [];
    const isSealed = isSealedRecord(message);
    const read: Arrival['read'] = (salt) =>
      // Nothing is wrong with it: its payload was erased since.
      isSealed && salt === undefined
        ? null
        : this.unlessUnreadable(lane, message, () => decodeRecord(lane, message, salt));
    return [{ ...place, isSealed, read }];
  }

  private unlessUnreadable<Result>(
    partition: number,
    { offset }: KafkaMessage,
    read: () => Result,
  ): Result | null {
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
