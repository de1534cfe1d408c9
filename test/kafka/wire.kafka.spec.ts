import { createHash, randomUUID } from 'node:crypto';
import { type Admin, ConfigResourceTypes, Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { type RecordedEvent, stubOf } from '#events';
import { laneCount, openKafkaFeed } from '#feed';
import { canonicalize } from '#proofs';
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

  it('carries no words of a statement in the clear, and none that anyone opens once their salt is gone', async () => {
    scene.startRelay();
    await appendStatement(scene, 'No quillwort passes.');
    await scene.append(3);
    await scene.untilPublished();
    const early = scene.newConsumer('early');
    let bodies: readonly string[] = [];
    early.beforeMove = ({ events }) => {
      bodies = [...bodies, ...bodiesIn(events)];
      return Promise.resolve();
    };
    const feed = await scene.openFeed();
    await feed.subscribe(early);
    await scene.expectComplete(early);
    expect(bodies).toEqual(['No quillwort passes.']);
    const sealed = await rawRecords(scene);
    expect(sealed.some(({ value }) => value?.includes('corridor') === true)).toBe(true);
    expect(sealed.some(({ value }) => value?.includes('quillwort') === true)).toBe(false);
    expect(scene.counts.get('refilled') ?? 0).toBe(0);

    await redactFirst(scene);
    const late = scene.newConsumer('late');
    bodies = [];
    late.beforeMove = ({ events }) => {
      bodies = [...bodies, ...bodiesIn(events)];
      return Promise.resolve();
    };
    await feed.subscribe(late);
    await scene.expectComplete(late);
    expect(bodies).toEqual(['[redacted]']);
    expect(scene.counts.get('unreadable') ?? 0).toBe(0);
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

function bodiesIn(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'StatementReceived' ? [event.payload.body] : []));
}

/** Every record that the topic holds, as its bytes lie there. */
async function rawRecords(scene: KafkaScene): Promise<readonly KafkaMessage[]> {
  const { topic } = scene;
  const kafka = new Kafka({ brokers: sharedBroker(), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `${topic}.raw` });
  const records: KafkaMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      records.push(message);
      return Promise.resolve();
    },
  });
  const count = await scene.eventCount();
  await until('all records are read', () => records.length >= count, { withinMs: 30_000 });
  await consumer.disconnect();
  return records;
}

/** As the ingestion does it: recorded, then carried out. */
async function redactFirst({ ledger }: KafkaScene): Promise<void> {
  const [event] = await ledger.read({ after: 0, limit: 1 });
  if (event?.type !== 'StatementReceived') throw new Error('The first event is no statement');
  const { statementId } = event.payload;
  const stub = canonicalize(stubOf(event, { statementId, wording: statementId, claims: [] }));
  const stubSha256 = createHash('sha256').update(stub).digest('hex');
  const replaced = [{ position: event.position, schemaVersion: event.schemaVersion, stubSha256 }];
  const [erased] = await ledger.append({
    streamId: event.streamId,
    expectedVersion: 'any',
    cause: { actor: 'test', correlationId: 'feed-test', causationId: null, traceparent: null },
    events: [{ type: 'PayloadsErased', eventId: randomUUID(), payload: { statementId, replaced } }],
  });
  await ledger.erase(erased?.position ?? 0, [stub]);
}

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
            bytesOf: 'request',
            remoteAddress: null,
            fetch: null,
          },
        },
      },
    ],
  });
}
