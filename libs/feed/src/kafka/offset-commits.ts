import { type TopicPartitionOffset } from 'kafkajs';
import { type FeedLog } from '../feed.ts';
import { isRebalance } from './heartbeat.ts';

const commitEveryMs = 1_000;

/**
 * Tells Kafka now and then how far we have read.
 *
 * The committed offset is a hint where to read on, never the truth: it is written after the database, seldom, and may
 * be lost, too low, or of a topic that no longer exists. What arrives is judged by the lanes' own positions: read from
 * too low, it is dropped; read from too high, the first record shows the gap, and the ledger fills it. So an
 * assignment needs no search for the offset of a position.
 */
export class OffsetCommits {
  private readonly applied = new Map<number, string>();
  private committedAt = 0;

  constructor(
    private readonly topic: string,
    private readonly log: FeedLog,
  ) {}

  noteApplied(partition: number, lastOffset: string): void {
    this.applied.set(partition, String(BigInt(lastOffset) + 1n));
  }

  /** The group has given out its partitions anew, and what was noted may not be ours to commit. */
  forget(): void {
    this.applied.clear();
  }

  async commitIfDue(write: (offsets: TopicPartitionOffset[]) => Promise<void>): Promise<void> {
    if (performance.now() - this.committedAt > commitEveryMs) await this.commit(write);
  }

  /** @throws what tells of a rebalance; any other failure only costs that something is read again and dropped */
  async commit(write: (offsets: TopicPartitionOffset[]) => Promise<void>): Promise<void> {
    const { topic, log, applied } = this;
    const offsets = [...applied].map(([partition, offset]) => ({ topic, partition, offset }));
    this.committedAt = performance.now();
    if (offsets.length === 0) return;
    try {
      await write(offsets);
    } catch (error) {
      if (isRebalance(error)) throw error;
      log.debug({ topic, err: error }, 'the offsets were not committed');
    }
  }
}
