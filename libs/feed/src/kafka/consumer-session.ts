import { type Consumer, type EachBatchPayload, type Kafka } from 'kafkajs';
import { type LaneIntake } from '../intake/lane-intake.ts';
import { laneCount } from '../lane.ts';
import { withinOrGiveUp } from '../pause.ts';
import { watchForEnd } from './consumer-end.ts';
import { beating } from './heartbeat.ts';
import { type KafkaTiming } from './kafka-feed.parts.ts';
import { OffsetCommits } from './offset-commits.ts';
import { RecordReader, type RecordReaderParts } from './record-reader.ts';

export interface SessionParts extends RecordReaderParts {
  readonly kafka: Kafka;
  readonly intake: LaneIntake;
  readonly timing: KafkaTiming;
}

// Each record brings some fifteen headers as objects of their own, so a megabyte of them weighs many on the heap.
const fetchBytesMax = 2 * 1024 * 1024;
const partitionBytesMax = 256 * 1024;
const lastCommitMs = 1_000;
const joiningMs = 3_000;
const goodbyeMs = 5_000;

/** The life of one kafkajs consumer: it joins its group, offers what it reads to the intake, and leaves. */
export class ConsumerSession {
  private readonly consumer: Consumer;
  private readonly records: RecordReader;
  private readonly offsets: OffsetCommits;
  private starting: Promise<void> = Promise.resolve();
  private joined = false;
  private beatAt = performance.now();

  constructor(private readonly parts: SessionParts) {
    const { kafka, topic, subscription, timing } = parts;
    this.records = new RecordReader(parts);
    this.offsets = new OffsetCommits(topic, parts.log);
    this.consumer = kafka.consumer({
      groupId: `${topic}.${subscription.name}`,
      sessionTimeout: timing.sessionTimeoutMs,
      heartbeatInterval: timing.heartbeatMs,
      rebalanceTimeout: timing.rebalanceTimeoutMs,
      maxWaitTimeInMs: timing.fetchWaitMs,
      maxBytes: fetchBytesMax,
      maxBytesPerPartition: partitionBytesMax,
      allowAutoTopicCreation: false,
      retry: {
        initialRetryTime: 100,
        maxRetryTime: 1_000,
        retries: 5,
        // It is replaced as a whole; two ways to come back would be one too many.
        restartOnFailure: () => Promise.resolve(false),
      },
    });
  }

  get connected(): boolean {
    return this.joined && this.silentMs < this.parts.timing.sessionTimeoutMs;
  }

  /** Lanes whose records were left lying, because they were not ours for a while. */
  resume(lanes: readonly number[]): void {
    this.consumer.resume([{ topic: this.parts.topic, partitions: [...lanes] }]);
  }

  /** Resolves when the signal is given and the consumer has left its group; rejects when it ends by itself. */
  async run(signal: AbortSignal, onJoined: () => void): Promise<void> {
    const { intake, timing } = this.parts;
    const end = watchForEnd(this.consumer, signal, {
      silentMs: () => this.silentMs,
      silentMsMax: timing.stuckMs,
    });
    try {
      this.listen(onJoined);
      this.starting = this.start();
      await Promise.race([this.starting, end.ended]);
      await end.ended;
      await intake.stop(timing.drainMs);
      const lastCommit = this.offsets.commit((offsets) => this.consumer.commitOffsets(offsets));
      await withinOrGiveUp(lastCommitMs, lastCommit);
    } finally {
      this.joined = false;
      end.dispose();
      intake.release();
      await withinOrGiveUp(goodbyeMs, this.leave());
    }
  }

  private get silentMs(): number {
    return performance.now() - this.beatAt;
  }

  private listen(onJoined: () => void): void {
    const { topic, intake, subscription, log } = this.parts;
    this.consumer.on('consumer.heartbeat', () => {
      this.beatAt = performance.now();
    });
    this.consumer.on('consumer.group_join', ({ payload }) => {
      const lanes = payload.memberAssignment[topic] ?? [];
      this.beatAt = performance.now();
      this.joined = true;
      this.offsets.forget();
      this.resume(lanes);
      void intake.take(lanes);
      log.info({ subscription: subscription.name, lanes }, 'the group gave out its lanes');
      onJoined();
    });
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

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { intake, topic, timing } = this.parts;
    const { batch } = payload;
    const lane = batch.partition;
    const arrivals = batch.messages.flatMap((message) => this.records.arrivals(lane, message));
    const dealtWith = await beating(() => payload.heartbeat(), timing.heartbeatMs, {
      work: () => intake.offer(lane, arrivals),
      // Whoever is given the lanes next must not wait for a batch that cannot be applied.
      onRebalance: () => {
        intake.release();
      },
    });
    if (!dealtWith) {
      // Else the same records would be fetched again at once, and again.
      this.consumer.pause([{ topic, partitions: [lane] }]);
      return;
    }
    payload.resolveOffset(batch.lastOffset());
    this.offsets.noteApplied(lane, batch.lastOffset());
    await this.offsets.commitIfDue((partitions) =>
      payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] }),
    );
  }

  /**
   * A start that is under way is awaited: cut off, it would leave a member in the group whose lanes nobody has until
   * its session runs out. Where it takes too long, it goes on over the disconnect, and what comes of it is
   * disconnected as well.
   */
  private async leave(): Promise<void> {
    await withinOrGiveUp(joiningMs, this.starting);
    await this.consumer.disconnect().catch(() => undefined);
    await this.starting.catch(() => undefined);
    await this.consumer.disconnect();
  }
}
