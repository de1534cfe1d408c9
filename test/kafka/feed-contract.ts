import { allLanes, type Feed, laneOf, type RunningSubscription } from '#feed';
import { until } from '../harness/until.ts';
import { type FeedScene, setScene } from './feed-scene.ts';
import { type LaneTable } from './lane-table.ts';

/** One transport over one scene. */
export interface FeedTransport {
  /** A further instance, as another process would have it. */
  openFeed(): Promise<Feed>;
  close(): Promise<void>;
}

/** What every transport promises to a consumer; run against each of them. */
export function feedContract(
  name: string,
  openTransport: (scene: FeedScene) => Promise<FeedTransport>,
): void {
  describe(`the ${name} feed`, () => {
    let scene: FeedScene;
    let transport: FeedTransport;
    const feeds: Feed[] = [];

    beforeEach(async () => {
      scene = await setScene();
      transport = await openTransport(scene);
    });

    afterEach(async () => {
      await Promise.all(feeds.splice(0).map((feed) => feed.close()));
      await transport.close();
      await scene.close();
    });

    async function start(consumer: LaneTable): Promise<RunningSubscription> {
      const feed = await transport.openFeed();
      feeds.push(feed);
      return feed.subscribe(consumer);
    }

    async function untilComplete(consumer: LaneTable): Promise<void> {
      const last = await scene.eventCount();
      await until(`${last} effects`, async () => (await consumer.effectCount()) >= last, {
        withinMs: 30_000,
      });
    }

    async function expectComplete(consumer: LaneTable): Promise<void> {
      await untilComplete(consumer);
      expect(await consumer.effects()).toEqual(await scene.expected());
    }

    it('delivers each key complete and in order, while it is written and later', async () => {
      const consumer = scene.newConsumer();
      await scene.append(100);
      const running = await start(consumer);
      await expectComplete(consumer);
      await scene.append(2_500);
      await expectComplete(consumer);
      expect(running.health()).toMatchObject({ connected: true, lastError: null });
      expect(running.health().lastAppliedAt).not.toBeNull();
    });

    it('gives everything to a consumer that comes late', async () => {
      const first = scene.newConsumer('first');
      await start(first);
      await scene.append(300);
      await expectComplete(first);
      const late = scene.newConsumer('late');
      await start(late);
      await expectComplete(late);
    });

    it('goes on from the checkpoint after a restart', async () => {
      const consumer = scene.newConsumer();
      const running = await start(consumer);
      await scene.append(200);
      await untilComplete(consumer);
      await running.stop();
      await scene.append(200);
      await start(scene.newConsumer());
      await expectComplete(consumer);
    });

    it('offers the same events again after a rejection', async () => {
      const consumer = scene.newConsumer();
      let rejectionCount = 0;
      consumer.beforeMove = () => {
        rejectionCount += 1;
        return rejectionCount <= 3 ? Promise.reject(new Error('the world is down')) : Promise.resolve();
      };
      await start(consumer);
      await scene.append(150);
      await expectComplete(consumer);
      expect(rejectionCount).toBeGreaterThan(3);
    });

    it('lets an instance that is fenced write nothing, and comes back to its lanes', async () => {
      const consumer = scene.newConsumer();
      let fencedOnce = false;
      consumer.beforeMove = async () => {
        if (fencedOnce) return;
        fencedOnce = true;
        // As another instance does it, while this one has its effects in an open transaction.
        await scene.newConsumer().takeOver(allLanes);
      };
      await start(consumer);
      await scene.append(150);
      await expectComplete(consumer);
      expect(fencedOnce).toBe(true);
    });

    it('has no double effect and no gap when instances come and go under load', async () => {
      const consumers = [scene.newConsumer(), scene.newConsumer(), scene.newConsumer()];
      let running = await start(consumers[0]!);
      for (const [round, consumer] of consumers.slice(1).entries()) {
        await scene.append(400);
        const next = await start(consumer);
        const some = round * 400 + 100;
        await until(`${some} effects`, async () => (await consumer.effectCount()) >= some, {
          withinMs: 30_000,
        });
        await scene.append(200);
        await running.stop();
        running = next;
      }
      await scene.append(300);
      await expectComplete(consumers[0]!);
    });

    it('starts lanes that stand at different positions each from their own', async () => {
      await scene.append(300);
      const consumer = scene.newConsumer();
      const ahead = (await scene.ledger.read({ after: 0, limit: 200 })).filter(({ key }) => key === 'rafah');
      await consumer.takeOver(allLanes);
      await consumer.apply({ events: ahead, through: new Map([[laneOf('rafah'), ahead.at(-1)!.position]]) });
      await start(consumer);
      await expectComplete(consumer);
    });

    it('stops only when the batch in hand is applied', async () => {
      const consumer = scene.newConsumer();
      const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
      const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
      consumer.beforeMove = () => {
        reach(undefined);
        return released;
      };
      const running = await start(consumer);
      await scene.append(10);
      await reached;
      let stopped = false;
      const stopping = running.stop().then(() => {
        stopped = true;
      });
      release(undefined);
      await stopping;
      expect(stopped).toBe(true);
      expect(await consumer.effectCount()).toBeGreaterThan(0);
      const countAtStop = await consumer.effectCount();
      await scene.append(10);
      const witness = scene.newConsumer('witness');
      await start(witness);
      await untilComplete(witness);
      expect(await consumer.effectCount()).toBe(countAtStop);
    });
  });
}
