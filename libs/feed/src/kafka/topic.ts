import { type Kafka } from 'kafkajs';
import { laneCount } from '../lane.ts';

export interface TopicSettings {
  readonly topic: string;
  readonly replicationFactor: number;
  readonly retentionMs: number;
}

/** Waiting does not help: someone made the topic with other partitions than there are lanes. */
export class TopicShapeError extends Error {
  readonly code = 'topic_shape';
}

/** Fits a statement of 1 MiB whose every character has to be escaped, and the batches of the relay. */
export const messageBytesMax = 16 * 1024 * 1024;

/**
 * Creates the topic where it is missing. Safe to call from several processes at once.
 * @throws TopicShapeError when it exists with another number of partitions
 */
export async function ensureTopic(kafka: Kafka, settings: TopicSettings): Promise<void> {
  const { topic, replicationFactor, retentionMs } = settings;
  const admin = kafka.admin();
  await admin.connect();
  try {
    if ((await partitionCount(admin, topic)) === null) {
      await admin.createTopics({
        waitForLeaders: true,
        topics: [
          {
            topic,
            numPartitions: laneCount,
            replicationFactor,
            configEntries: [
              { name: 'cleanup.policy', value: 'delete' },
              { name: 'retention.ms', value: String(retentionMs) },
              { name: 'max.message.bytes', value: String(messageBytesMax) },
              // One replica may be away, and what is confirmed is still on two disks where there are three.
              { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
            ],
          },
        ],
      });
    }
    const found = await partitionCount(admin, topic);
    if (found !== null && found !== laneCount)
      throw new TopicShapeError(
        `The topic ${topic} has ${found} partitions, and there are ${laneCount} lanes`,
      );
  } finally {
    await admin.disconnect();
  }
}

async function partitionCount(admin: ReturnType<Kafka['admin']>, topic: string): Promise<number | null> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length ?? null;
  } catch (error) {
    // Not by its class: Node cannot import kafkajs's errors by name, for they are spread into its exports.
    if (error instanceof Error && 'type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION') return null;
    throw error;
  }
}
