import { Kafka, logLevel } from 'kafkajs';
import { until } from '../harness/until.ts';
import { type Broker, startBroker } from './broker/broker.ts';
import { type KafkaScene, setKafkaScene } from './kafka-scene.ts';
import { type LaneTable } from './lane-table.ts';

import.meta.jest.setTimeout(120_000);

describe('a broker that fails', () => {
  let broker: Broker;
  let scene: KafkaScene;

  beforeAll(async () => {
    broker = await startBroker();
  });

  afterAll(async () => {
    await broker.stop();
  });

  beforeEach(async () => {
    scene = await setKafkaScene(broker.brokers);
  });

  afterEach(async () => {
    await scene.close();
  });

  it('and comes late: the subscription is there, says that it is not connected, and catches up', async () => {
    await broker.kill();
    const relay = scene.startRelay();
    const consumer = scene.newConsumer();
    const running = await (await scene.openFeed()).subscribe(consumer);
    await scene.append(100);
    await until('the relay says why it waits', async () => (await relay.health()).lastError !== null);
    expect(await relay.health()).toMatchObject({ leading: true, position: 0, lag: 100 });
    expect(running.health().connected).toBe(false);
    await broker.restart();
    await scene.expectComplete(consumer);
    expect(running.health()).toMatchObject({ connected: true, lastError: null });
  });

  it('and is killed and started again: nothing is lost, nothing has two effects', async () => {
    scene.startRelay();
    const consumer = scene.newConsumer();
    const running = await (await scene.openFeed()).subscribe(consumer);
    await scene.append(200);
    await scene.expectComplete(consumer);
    await broker.kill();
    await scene.append(200);
    await until('the subscription notices', () => !running.health().connected, { withinMs: 20_000 });
    await broker.restart();
    await scene.append(200);
    await scene.expectComplete(consumer);
  });

  it('and loses all its data: consumers have from the ledger what only the broker had', async () => {
    scene.startRelay();
    const consumer = scene.newConsumer();
    const running = await (await scene.openFeed()).subscribe(consumer);
    await scene.append(200);
    await scene.expectComplete(consumer);
    await running.stop();
    await scene.append(100);
    await scene.untilPublished();
    await broker.wipe();
    await (await scene.openFeed()).subscribe(scene.newConsumer());
    await scene.expectComplete(consumer);
    await expectRecordsToFlow(scene, consumer);
  });

  it('and whose topic is deleted under a running consumer: the topic is made again', async () => {
    scene.startRelay();
    const consumer = scene.newConsumer();
    await (await scene.openFeed()).subscribe(consumer);
    await scene.append(100);
    await scene.expectComplete(consumer);
    const admin = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [scene.topic] });
    await admin.disconnect();
    await expectRecordsToFlow(scene, consumer);
  });
});

/** Refills are the way through a fault; after it, events must come as records again. */
async function expectRecordsToFlow(scene: KafkaScene, consumer: LaneTable): Promise<void> {
  await until(
    'a hundred events came without a refill',
    async () => {
      const before = scene.counts.get('refilled') ?? 0;
      await scene.append(100);
      await scene.expectComplete(consumer);
      return (scene.counts.get('refilled') ?? 0) === before;
    },
    { withinMs: 60_000 },
  );
}
