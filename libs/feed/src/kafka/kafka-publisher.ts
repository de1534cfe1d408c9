import { type Kafka, type Producer } from 'kafkajs';
import { type Pool } from 'pg';
import { type FeedLog } from '../feed.ts';
import { type OutgoingRecord, type Publisher } from '../relay/publisher.ts';
import { feedSource } from '../relay/relay-cursor.ts';
import { checkBrokerVersions } from './broker-versions.ts';
import { encodeRecord, isSealed } from './event-record.ts';
import { createKafka, type KafkaConnection } from './kafka-client.ts';
import { readSalts } from './salt.reader.ts';
import { ensureTopic, type TopicSettings } from './topic.ts';

export interface KafkaPublisherParts extends KafkaConnection, TopicSettings {
  /** Its role MUST be a member of `feedRole` and a reader of the ledger. */
  readonly pool: Pool;
  readonly log: FeedLog;
}

/**
 * Publishes for the relay. The producer is not idempotent: kafkajs can confirm and lose what an idempotent one sends
 * (tulios/kafkajs#1005), and consumers drop repetitions anyway. After any failure everything is made anew, the topic
 * too where someone deleted it.
 */
export function openKafkaPublisher(parts: KafkaPublisherParts): Publisher {
  return new KafkaPublisher(parts, createKafka(parts, parts.log));
}

interface Connected {
  readonly producer: Producer;
  readonly source: string;
}

class KafkaPublisher implements Publisher {
  private connected: Connected | null = null;

  constructor(
    private readonly parts: KafkaPublisherParts,
    private readonly kafka: Kafka,
  ) {}

  get topic(): string {
    return this.parts.topic;
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    this.connected ??= await this.connect();
    const { producer, source } = this.connected;
    const sealed = records.filter(({ event }) => isSealed(event)).map(({ event }) => event.position);
    const salts = await readSalts(this.parts.pool, sealed);
    try {
      await producer.send({
        topic: this.topic,
        acks: -1,
        timeout: 10_000,
        messages: records.map((record) => encodeRecord(source, record, salts.get(record.event.position))),
      });
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const closing = this.connected;
    this.connected = null;
    // It is thrown away; that it could not say goodbye changes nothing.
    await closing?.producer.disconnect().catch(() => undefined);
  }

  private async connect(): Promise<Connected> {
    await checkBrokerVersions(this.parts);
    await ensureTopic(this.kafka, this.parts);
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      idempotent: false,
      retry: { initialRetryTime: 100, retries: 1 },
      createPartitioner:
        () =>
        ({ message: { partition } }) =>
          partition ?? 0,
    });
    const source = await feedSource(this.parts.pool);
    await producer.connect();
    return { producer, source };
  }
}
