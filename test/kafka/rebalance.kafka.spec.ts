import { setTimeout as pause } from 'node:timers/promises';
import { type RunningSubscription } from '#feed';
import { until } from '../harness/until.ts';
import { sharedBroker } from './broker/shared-broker.ts';
import { type KafkaScene, setKafkaScene } from './kafka-scene.ts';
import { type LaneTable } from './lane-table.ts';

const rebalanceCount = 50;

// Each rebalance takes as long as a member needs to hear of it.
import.meta.jest.setTimeout(180_000);

describe('rebalances', () => {
  let scene: KafkaScene;

  beforeEach(async () => {
    scene = await setKafkaScene(sharedBroker());
  });

  afterEach(async () => {
    await scene.close();
  });

  async function join(): Promise<{ running: RunningSubscription; consumer: LaneTable }> {
    const feed = await scene.openFeed({ timing: { fetchWaitMs: 50, heartbeatMs: 50 } });
    const consumer = scene.newConsumer();
    return { running: await feed.subscribe(consumer), consumer };
  }

  it('share the lanes between the instances', async () => {
    scene.startRelay();
    const [one, other] = [await join(), await join()];
    await until(
      'each has half of the lanes',
      () => one.running.health().lanes.size === 6 && other.running.health().lanes.size === 6,
      {
        withinMs: 20_000,
      },
    );
    await scene.append(100);
    await scene.expectComplete(one.consumer);
  });

  it('count an instance out that stopped while it joined', async () => {
    const stopped = await join();
    const consumer = await join();
    await stopped.running.stop();
    await until('all lanes are with the other', () => consumer.running.health().lanes.size === 12, {
      withinMs: 20_000,
    });
    const waited = performance.now();
    await until('they have stayed there', () => performance.now() - waited > 1_000);
    expect(consumer.running.health().lanes.size).toBe(12);
  });

  it(`have no double effect and keep each corridor's order, ${rebalanceCount} times under load`, async () => {
    scene.startRelay({ batchEventsMax: 20 });
    const steady = await join();
    let passing: RunningSubscription | null = null;
    const load = appendUntilTold(scene);
    try {
      for (let index = 0; index < rebalanceCount; index += 1) {
        if (passing === null) {
          const { running } = await join();
          await until('the newcomer has lanes', () => running.health().lanes.size > 0, { withinMs: 20_000 });
          passing = running;
        } else {
          await passing.stop();
          passing = null;
          await until('all lanes are back', () => steady.running.health().lanes.size === 12, {
            withinMs: 20_000,
          });
        }
      }
    } finally {
      await load.end();
    }
    await scene.expectComplete(steady.consumer);
  });

  it('give the lanes of an instance that hangs to another one, and fence it when it wakes up', async () => {
    scene.startRelay();
    const hanging = await join();
    const { promise: woken, resolve: wake } = Promise.withResolvers<undefined>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
    hanging.consumer.beforeMove = () => {
      reach(undefined);
      return woken;
    };
    await scene.append(50);
    await reached;
    // Its batch hangs, but its heart beats: the lanes move only because another one joins.
    const other = await join();
    await scene.expectComplete(other.consumer);
    wake(undefined);
    await scene.append(50);
    await scene.expectComplete(other.consumer);
  });
});

/** A few events, and as soon as they are recorded the next few. */
function appendUntilTold(scene: KafkaScene): { end(): Promise<void> } {
  const told = { enough: false };
  const appending = (async () => {
    while (!told.enough) {
      await scene.append(5);
      await pause(10);
    }
  })();
  return {
    end: async () => {
      told.enough = true;
      await appending;
    },
  };
}
