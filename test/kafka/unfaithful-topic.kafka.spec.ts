import { type IHeaders, Kafka, logLevel } from 'kafkajs';
import { laneOf, type OutgoingRecord, type Publisher } from '#feed';
import { recordedEvent } from '../../libs/feed/test/corridor-events.ts';
import { sharedBroker } from './broker/shared-broker.ts';
import { quiet } from './feed-scene.ts';
import { type KafkaScene, setKafkaScene } from './kafka-scene.ts';

// A machine under load may take its time; what is waited for is a condition, not a span.
import.meta.jest.setTimeout(60_000);

describe('a topic that does not hold what was published', () => {
  let scene: KafkaScene;

  beforeEach(async () => {
    scene = await setKafkaScene(sharedBroker());
  });

  afterEach(async () => {
    await scene.close();
  });

  it.each<[string, Distortion]>([
    ['repeats records', (records) => records.flatMap((record) => [record, record])],
    ['reorders records', (records) => records.toReversed()],
    ['misses records', (records) => records.filter(({ event }) => event.position % 3 !== 0)],
    ['misses all records', () => []],
    [
      'does all of it at once',
      (records) =>
        [...records.toReversed(), ...records.slice(3)].filter(({ event }) => event.position % 4 !== 0),
    ],
  ])('that %s: consumers have every event once and in order', async (_what, distort) => {
    scene.startRelay({
      publisher: new DistortingPublisher(scene.openPublisher(), distort),
      batchEventsMax: 50,
    });
    const consumer = scene.newConsumer();
    await (await scene.openFeed()).subscribe(consumer);
    await scene.append(300);
    await scene.untilPublished();
    await scene.append(100);
    await scene.expectComplete(consumer);
  });

  it('that holds garbage: consumers say where it is, and go on without it', async () => {
    const logged: string[] = [];
    const log = { ...quiet, error: (_facts: object, message: string) => void logged.push(message) };
    scene.startRelay();
    const consumer = scene.newConsumer();
    await scene.append(50);
    await scene.untilPublished();
    await publishGarbage(scene);
    await (await scene.openFeed({ log })).subscribe(consumer);
    await scene.append(50);
    await scene.expectComplete(consumer);
    expect(scene.counts.get('unreadable')).toBe(4);
    expect(logged[0]).toMatch(
      new RegExp(`^the record at ${scene.topic}/${laneOf('rafah')}/\\d+ cannot be read: header ce_source`),
    );
  });

  it('whose publication was confirmed by nobody: it is published again, and nothing has two effects', async () => {
    let doubtCount = 0;
    const inner = scene.openPublisher();
    const doubtful: Publisher = {
      topic: scene.topic,
      close: () => inner.close(),
      publish: async (records) => {
        await inner.publish(records);
        doubtCount += 1;
        if (doubtCount <= 3) throw new Error('the connection was lost before the confirmation came');
      },
    };
    scene.startRelay({ publisher: doubtful, batchEventsMax: 50 });
    const consumer = scene.newConsumer();
    await scene.append(200);
    await (await scene.openFeed()).subscribe(consumer);
    await scene.expectComplete(consumer);
    await scene.untilPublished();
    expect(doubtCount).toBeGreaterThan(3);
    expect(scene.counts.get('repeated')).toBeGreaterThan(0);
  });
});

type Distortion = (records: readonly OutgoingRecord[]) => readonly OutgoingRecord[];

class DistortingPublisher implements Publisher {
  constructor(
    private readonly inner: Publisher,
    private readonly distort: Distortion,
  ) {}

  get topic(): string {
    return this.inner.topic;
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    const distorted = this.distort(records);
    if (distorted.length > 0) await this.inner.publish(distorted);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

/** Without headers; of another ledger; with a value that is cut off; and far beyond the ledger. */
async function publishGarbage({ topic, pool, ledger }: KafkaScene): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM feed.source');
  const next = (await ledger.head()).position + 1;
  const headers = (
    position: number,
    previous: number,
    source = `/corridor-watch/ledger/${rows[0]!.id}`,
  ): IHeaders => ({
    ce_source: source,
    ce_position: String(position),
    ce_previousposition: String(previous),
    ce_type: recordedEvent(1, 'rafah').type,
  });
  const producer = new Kafka({ brokers: sharedBroker(), logLevel: logLevel.NOTHING }).producer({
    createPartitioner: () => () => laneOf('rafah'),
  });
  await producer.connect();
  try {
    await producer.send({
      topic,
      messages: [
        { value: 'garbage' },
        { value: '{}', headers: headers(next, 0, '/corridor-watch/ledger/another') },
        { value: '{"corridor":"raf', headers: headers(next, 0) },
        { value: '{}', headers: headers(1_000_000_000, 999_999_999) },
      ],
    });
  } finally {
    await producer.disconnect();
  }
}
