import { randomUUID } from 'node:crypto';
import { type Admin, ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { laneCount, openKafkaFeed } from '#feed';
import { until } from '../harness/until.ts';
import { sharedBroker } from './broker/shared-broker.ts';
import { quiet } from './feed-scene.ts';
import { type KafkaScene, setKafkaScene } from './kafka-scene.ts';

// A machine under load may take its time; what is waited for is a condition, not a span.
import.meta.jest.setTimeout(60_000);

describe('the topic', () => {
  let scene: KafkaScene;
  let admin: Admin;

  beforeEach(async () => {
    scene = await setKafkaScene(sharedBroker());
    admin = new Kafka({ brokers: sharedBroker(), logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  });

  afterEach(async () => {
    await admin.disconnect();
    await scene.close();
  });

  it('is made with a partition for each lane and with its retention', async () => {
    scene.startRelay();
    await scene.append(1);
    await scene.untilPublished();
    const { topics } = await admin.fetchTopicMetadata({ topics: [scene.topic] });
    expect(topics[0]?.partitions).toHaveLength(laneCount);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: scene.topic, configNames: ['retention.ms'] }],
    });
    expect(resources[0]?.configEntries[0]?.configValue).toBe('3600000');
  });

  it('carries a statement of 1 MiB whose every character has to be escaped', async () => {
    scene.startRelay();
    const consumer = scene.newConsumer();
    await (await scene.openFeed()).subscribe(consumer);
    await appendStatement(scene, '\u0001'.repeat(1024 * 1024));
    await scene.append(10);
    await scene.expectComplete(consumer);
    expect(scene.counts.get('refilled') ?? 0).toBe(0);
  });

  it('of another shape ends the subscription with the reason', async () => {
    await admin.createTopics({ topics: [{ topic: scene.topic, numPartitions: 3 }] });
    const running = await (await scene.openFeed()).subscribe(scene.newConsumer());
    const failure = await until('it fails', () => running.failed);
    expect(failure.message).toBe(
      `The topic ${scene.topic} has 3 partitions, and there are ${laneCount} lanes`,
    );
  });

  it('is not needed to open the feed: nobody at the address is no error', async () => {
    const { ledger, pool, topic } = scene;
    const nobody = {
      brokers: ['127.0.0.1:1'],
      clientId: 'feed-test',
      topic,
      replicationFactor: 1,
      retentionMs: 1,
    };
    const feed = await openKafkaFeed({ ...nobody, ledger, pool, log: quiet });
    const running = await feed.subscribe(scene.newConsumer());
    const reason = await until('it says why', () => running.health().lastError);
    expect(reason).toBe('No broker of 127.0.0.1:1 answers');
    await feed.close();
  });
});

async function appendStatement({ ledger }: KafkaScene, body: string): Promise<void> {
  const statementId = randomUUID();
  await ledger.append({
    streamId: `statement:${statementId}`,
    expectedVersion: 0,
    cause: { actor: 'test', correlationId: 'feed-test', causationId: null, traceparent: null },
    events: [
      {
        type: 'StatementReceived',
        eventId: randomUUID(),
        payload: {
          statementId,
          publisher: 'The Daily Road',
          url: null,
          publishedAt: '2022-12-12T10:00:00Z',
          title: null,
          language: 'en',
          languageBy: 'publisher',
          about: ['lachin-corridor'],
          body,
          cluster: statementId,
          revises: null,
          custody: {
            receivedFrom: 'key-1',
            receivedAt: '2022-12-12T10:05:00Z',
            bytesSha256: '0'.repeat(64),
            fetch: null,
          },
        },
      },
    ],
  });
}
