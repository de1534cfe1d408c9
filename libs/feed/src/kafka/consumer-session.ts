import { type Consumer, type EachBatchPayload, type Kafka, type KafkaMessage } from 'kafkajs';
import { type CountFeed, type FeedLog, type Subscription } from '../feed.ts';
import { type LaneIntake } from '../intake/lane-intake.ts';
import { type Arrival } from '../intake/lane-work.ts';
import { laneCount } from '../lane.ts';
import { decodeRecord, placeOfRecord } from './event-record.ts';
import { beating, isRebalance } from './heartbeat.ts';
import { type KafkaTiming } from './kafka-feed.ts';
import { UnreadableRecords } from './unreadable-records.ts';

export interface SessionParts {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly intake: LaneIntake;
  readonly subscription: Subscription;
  /** Records of other ledgers are none of ours. */
  readonly source: string;
  readonly timing: KafkaTiming;
  readonly log: FeedLog;
  readonly count: CountFeed;
}

// Each record brings some fifteen headers as objects of their own, so a megabyte of them weighs many on the heap.
const fetchBytesMax = 2 * 1024 * 1024;
const partitionBytesMax = 256 * 1024;
const commitEveryMs = 1_000;
const lastCommitMs = 1_000;
const goodbyeMs = 5_000;

/**
 * The life of one kafkajs consumer.
 *
 * Kafka's committed offset is a hint where to read on, never the truth: it is written after the database, seldom, and
 * may be lost, too low, or of a topic that no longer exists. What arrives is judged by the lanes' own positions. Read
 * from too low, it is dropped; read from too high, the first record shows the gap and the ledger fills it. So an
 * assignment needs no search for the offset of a position.
 */
export class ConsumerSession {
  private readonly consumer: Consumer;
  private readonly unreadable: UnreadableRecords;
  private readonly resolved = new Map<number, string>();
  private starting: Promise<void> = Promise.resolve();
  private committedAt = 0;
  private joined = false;
  private beatAt = performance.now();

  constructor(private readonly parts: SessionParts) {
    const { kafka, topic, subscription, timing } = parts;
    this.unreadable = new UnreadableRecords(parts);
    this.consumer = kafka.consumer({
      groupId: `${topic}.${subscription.name}`,
      sessionTimeout: timing.sessionTimeoutMs,
      heartbeatInterval: timing.heartbeatMs,
      rebalanceTimeout: timing.rebalanceTimeoutMs,
      maxWaitTimeInMs: timing.fetchWaitMs,
      maxBytes: fetchBytesMax,
      maxBytesPerPartition: partitionBytesMax,
      allowAutoTopicCreation: false,
      // It is replaced as a whole; two ways to come back would be one too many.
      retry: {
        initialRetryTime: 100,
        maxRetryTime: 1_000,
        retries: 5,
        restartOnFailure: () => Promise.resolve(false),
      },
    });
  }

  get connected(): boolean {
    return this.joined && performance.now() - this.beatAt < this.parts.timing.sessionTimeoutMs;
  }

  /** Lanes whose records were left lying, because they were not ours for a while. */
  resume(lanes: readonly number[]): void {
    this.consumer.resume([{ topic: this.parts.topic, partitions: [...lanes] }]);
  }

  /** Resolves when the signal is given and the consumer has left its group; rejects when it ends by itself. */
  async run(signal: AbortSignal, onJoined: () => void): Promise<void> {
    const { topic, intake, timing } = this.parts;
    try {
      const ended = this.ended(signal);
      this.onJoin(onJoined);
      this.starting = this.start();
      await Promise.race([this.starting, ended]);
      await ended;
      await intake.stop(timing.drainMs);
      await withinOrGiveUp(
        lastCommitMs,
        this.commit((offsets) => this.consumer.commitOffsets(offsets)),
      );
    } finally {
      intake.release();
      await withinOrGiveUp(goodbyeMs, this.leave());
      this.parts.log.debug({ topic, subscription: this.parts.subscription.name }, 'the consumer has left');
    }
  }

  private async start(): Promise<void> {
    const { consumer } = this;
    await consumer.connect();
    await consumer.subscribe({ topic: this.parts.topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // Every lane's batch at once, so that they go into one transaction.
      partitionsConsumedConcurrently: laneCount,
      eachBatch: (payload) => this.takeBatch(payload),
    });
  }

  /**
   * A start that is under way goes on over a disconnect, and would leave a member of the group that nobody stops; so
   * once it has come to an end, the consumer is disconnected again.
   */
  private async leave(): Promise<void> {
    await this.consumer.disconnect().catch(() => undefined);
    await this.starting.catch(() => undefined);
    await this.consumer.disconnect();
  }

  private ended(signal: AbortSignal): Promise<void> {
    const { timing } = this.parts;
    return new Promise((resolve, reject) => {
      const watch = setInterval(() => {
        if (performance.now() - this.beatAt > timing.stuckMs)
          settle(() => {
            reject(new Error(`The consumer gave no sign of life for ${timing.stuckMs} ms`));
          });
      }, timing.stuckMs / 4);
      const settle = (how: () => void): void => {
        clearInterval(watch);
        this.joined = false;
        how();
      };
      this.consumer.on('consumer.crash', ({ payload }) => {
        settle(() => {
          reject(payload.error);
        });
      });
      signal.addEventListener(
        'abort',
        () => {
          settle(resolve);
        },
        { once: true },
      );
      if (signal.aborted) settle(resolve);
    });
  }

  private onJoin(onJoined: () => void): void {
    const { consumer } = this;
    consumer.on('consumer.group_join', ({ payload }) => {
      const lanes = payload.memberAssignment[this.parts.topic] ?? [];
      this.alive();
      this.joined = true;
      this.resolved.clear();
      this.resume(lanes);
      void this.parts.intake.take(lanes);
      this.parts.log.info(
        { subscription: this.parts.subscription.name, lanes },
        'the group gave out its lanes',
      );
      onJoined();
    });
    consumer.on('consumer.heartbeat', () => {
      this.alive();
    });
  }

  private alive(): void {
    this.beatAt = performance.now();
  }

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { intake, topic, timing } = this.parts;
    const { batch } = payload;
    const lane = batch.partition;
    const arrivals = batch.messages.flatMap((message) => this.arrivalOf(lane, message));
    const dealtWith = await beating(() => payload.heartbeat(), timing.heartbeatMs, {
      work: () => intake.offer(lane, arrivals),
      // Whoever is given the lanes next must not wait for a batch that cannot be applied.
      onRebalance: () => {
        intake.release();
      },
    });
    if (!dealtWith) {
      this.consumer.pause([{ topic, partitions: [lane] }]);
      return;
    }
    payload.resolveOffset(batch.lastOffset());
    this.resolved.set(lane, String(BigInt(batch.lastOffset()) + 1n));
    if (performance.now() - this.committedAt > commitEveryMs)
      await this.commit((offsets) =>
        payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: offsets }] }),
      );
  }

  private arrivalOf(lane: number, message: KafkaMessage): Arrival[] {
    const place = this.unreadable.unless(lane, message, () =>
      placeOfRecord(this.parts.source, lane, message),
    );
    if (place === null) return [];
    return [
      { ...place, read: () => this.unreadable.unless(lane, message, () => decodeRecord(lane, message)) },
    ];
  }

  /** After the database. What is not committed is read again and dropped, so a failure only costs that. */
  private async commit(
    write: (offsets: { topic: string; partition: number; offset: string }[]) => Promise<void>,
  ): Promise<void> {
    const { topic } = this.parts;
    const offsets = [...this.resolved].map(([partition, offset]) => ({ topic, partition, offset }));
    this.committedAt = performance.now();
    if (offsets.length === 0) return;
    try {
      await write(offsets);
      this.resolved.clear();
    } catch (error) {
      if (isRebalance(error)) throw error;
      this.parts.log.debug({ topic, err: error }, 'the offsets were not committed');
    }
  }
}

async function withinOrGiveUp(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
