import {
  type Feed,
  type FeedCount,
  type FeedLog,
  type KafkaTiming,
  openKafkaFeed,
  openKafkaPublisher,
  type Publisher,
  type Relay,
  type RelayParts,
  startRelay,
} from '#feed';
import { until } from '../harness/until.ts';
import { type FeedScene, quiet, setScene } from './feed-scene.ts';
import { type LaneTable } from './lane-table.ts';

/** A scene with relays and consumers over a broker, of which any part may be spoilt. */
export interface KafkaScene extends FeedScene {
  readonly topic: string;
  readonly counts: Map<FeedCount, number>;
  openPublisher(): Publisher;
  startRelay(parts?: Partial<RelayParts>): Relay;
  openFeed(parts?: { timing?: Partial<KafkaTiming>; log?: FeedLog }): Promise<Feed>;
  untilPublished(): Promise<void>;
  expectComplete(consumer: LaneTable): Promise<void>;
}

/** Short, so that a test need not wait for what production may wait for. */
const quick: Partial<KafkaTiming> = {
  sessionTimeoutMs: 2_000,
  heartbeatMs: 200,
  rebalanceTimeoutMs: 3_000,
  fetchWaitMs: 200,
  watchMs: 200,
  stallMs: 1_000,
  retakeMs: 500,
};

export async function setKafkaScene(brokers: readonly string[]): Promise<KafkaScene> {
  const scene = await setScene();
  const topic = `${scene.prefix}.events`;
  const counts = new Map<FeedCount, number>();
  const endings: (() => Promise<unknown>)[] = [];
  const connection = {
    brokers,
    clientId: 'feed-test',
    topic,
    replicationFactor: 1,
    retentionMs: 3_600_000,
    pool: scene.pool,
    log: quiet,
  };
  const count = (what: FeedCount, _subscription: string, by: number): void => {
    counts.set(what, (counts.get(what) ?? 0) + by);
  };
  const openPublisher = (): Publisher => {
    const publisher = openKafkaPublisher(connection);
    endings.push(() => publisher.close());
    return publisher;
  };
  const position = async (): Promise<number> => {
    const { rows } = await scene.pool.query<{ position: string }>(
      'SELECT position FROM feed.relay_cursor WHERE topic = $1',
      [topic],
    );
    return Number(rows[0]?.position ?? 0);
  };
  return {
    ...scene,
    topic,
    counts,
    openPublisher,
    startRelay: (parts) => {
      const publisher = parts?.publisher ?? openPublisher();
      const { ledger, pool } = scene;
      const relay = startRelay({
        ledger,
        pool,
        holder: 'relay',
        leaseMs: 1_500,
        log: quiet,
        ...parts,
        publisher,
      });
      endings.push(() => relay.stop());
      return relay;
    },
    openFeed: async ({ timing = {}, log = quiet } = {}) => {
      const { ledger } = scene;
      const feed = await openKafkaFeed({
        ...connection,
        ledger,
        log,
        count,
        timing: { ...quick, ...timing },
      });
      endings.push(() => feed.close());
      return feed;
    },
    untilPublished: async () => {
      const last = await scene.eventCount();
      await until(`${last} published`, async () => (await position()) === last, { withinMs: 30_000 });
    },
    expectComplete: async (consumer) => {
      const last = await scene.eventCount();
      await until(`${last} effects`, async () => (await consumer.effectCount()) >= last, {
        withinMs: 60_000,
      });
      expect(await consumer.effects()).toEqual(await scene.expected());
    },
    close: async () => {
      for (const end of endings.toReversed()) await end();
      await scene.close();
    },
  };
}
