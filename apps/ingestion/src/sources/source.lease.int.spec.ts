import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type Pool } from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/harness/database.ts';
import { until } from '../../../../test/harness/until.ts';
import { createLogger, openPool } from '#platform';
import { ingestionRole } from '../ingestion.role.ts';
import {
  releaseLease,
  renewLease,
  type SourceLease,
  takeDueSources,
  takeSource,
  underLease,
} from './source.lease.ts';
import { SourcePoller } from './source.poller.ts';
import { type TurnOutcome } from './source.turn.ts';

const quiet = createLogger('test', 'silent');
const nothing: TurnOutcome = {
  feed: { kind: 'unchanged' },
  pages: { fetchedCount: 0, failedCount: 0 },
  statements: [],
};
let database: FreshDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool({
    databaseUrl: database.url,
    role: ingestionRole,
    schema: 'ingestion',
    applicationName: 'test',
    connectionsMax: 10,
  });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query('DELETE FROM ingestion.source');
});

async function addSources(count: number): Promise<void> {
  await pool.query(
    `INSERT INTO ingestion.source (source, feed_url, publisher, every_minutes, about, position, feed_due_at, due_at)
     SELECT gen_random_uuid(), 'https://news.example/' || n, 'Valley Herald', 60, '{}', n, now(), now()
     FROM generate_series(1, $1) AS n`,
    [count],
  );
}

async function onlyLease(leaseMs: number): Promise<SourceLease> {
  const [lease] = await takeDueSources(pool, 10, leaseMs);
  if (lease === undefined) throw new Error('No source was due');
  return lease;
}

function poller(
  takeTurn: (lease: SourceLease, stop: AbortSignal) => Promise<TurnOutcome>,
  leaseMs = 60_000,
): SourcePoller {
  const settings = { pollsMax: 8, lookEveryMs: 20, leaseMs };
  return new SourcePoller({ pool, takeTurn, settings, logger: quiet, onTurn: () => undefined });
}

describe('a lease', () => {
  it('is given to one taker, whoever asks at the same time', async () => {
    await addSources(30);
    const takers = await Promise.all(Array.from({ length: 8 }, () => takeDueSources(pool, 10, 60_000)));
    const taken = takers.flat().map(({ source }) => source);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThanOrEqual(30 - 8);
    await expect(takeDueSources(pool, 30, 60_000).then((rest) => rest.length + taken.length)).resolves.toBe(
      30,
    );
  });

  it('keeps everybody else away until it is given back, and then until the source is due', async () => {
    await addSources(1);
    const lease = await onlyLease(60_000);
    await expect(takeDueSources(pool, 10, 60_000)).resolves.toEqual([]);
    await expect(takeSource(pool, lease.source, 60_000)).resolves.toBeNull();
    await releaseLease(pool, lease, 60_000);
    await expect(takeDueSources(pool, 10, 60_000)).resolves.toEqual([]);
    await expect(takeSource(pool, lease.source, 60_000)).resolves.toMatchObject({ source: lease.source });
  });

  it('of a holder that was killed ends, and another takes over', async () => {
    await addSources(1);
    const dead = await onlyLease(100);
    const next = await until('the lease has ended', async () => (await takeDueSources(pool, 10, 60_000))[0]);
    expect(next.source).toBe(dead.source);
    expect(BigInt(next.token)).toBeGreaterThan(BigInt(dead.token));
  });

  it('that was taken over writes nothing, renews nothing and gives nothing back', async () => {
    await addSources(1);
    const frozen = await onlyLease(50);
    const next = await until('the lease has ended', async () => (await takeDueSources(pool, 10, 60_000))[0]);
    const write = () =>
      underLease(pool, frozen, (tx) => tx.query("UPDATE ingestion.source SET last_error = 'from beyond'"));
    await expect(write()).rejects.toMatchObject({ code: 'source_lease_lost' });
    await expect(renewLease(pool, frozen, 60_000)).rejects.toMatchObject({ code: 'source_lease_lost' });
    await releaseLease(pool, frozen, 0);
    await expect(takeSource(pool, next.source, 60_000)).resolves.toBeNull();
    const { rows } = await pool.query<{ last_error: string | null }>(
      'SELECT last_error FROM ingestion.source',
    );
    expect(rows).toEqual([{ last_error: null }]);
  });

  it('is not taken over in the middle of a write', async () => {
    await addSources(1);
    const lease = await onlyLease(10);
    const writing = Promise.withResolvers<undefined>();
    const written = underLease(pool, lease, () => writing.promise);
    await pause(30);
    await expect(takeDueSources(pool, 10, 60_000)).resolves.toEqual([]);
    writing.resolve(undefined);
    await written;
    await expect(takeDueSources(pool, 10, 60_000)).resolves.toHaveLength(1);
  });
});

describe('two pollers', () => {
  it('never poll one source at the same time, and leave none out', async () => {
    await addSources(40);
    const underWay = new Set<string>();
    const polled = new Set<string>();
    let clashCount = 0;
    const takeTurn = async (lease: SourceLease): Promise<TurnOutcome> => {
      if (underWay.has(lease.source)) clashCount += 1;
      underWay.add(lease.source);
      await pause(5);
      underWay.delete(lease.source);
      polled.add(lease.source);
      await pool.query(
        "UPDATE ingestion.source SET feed_due_at = now() + interval '50 ms' WHERE source = $1",
        [lease.source],
      );
      await releaseLease(pool, lease, 0);
      return nothing;
    };
    const both = [poller(takeTurn), poller(takeTurn)];
    for (const each of both) each.start();
    await until('every source was polled', () => polled.size === 40);
    await Promise.all(both.map((each) => each.stop()));
    expect(clashCount).toBe(0);
  });

  it('work at so many sources at once and no more; one that hangs holds one place', async () => {
    await addSources(20);
    const seen: string[] = [];
    let mostAtOnce = 0;
    let atOnce = 0;
    const takeTurn = async (lease: SourceLease, stop: AbortSignal): Promise<TurnOutcome> => {
      seen.push(lease.source);
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      if (seen.length === 1) await once(stop, 'abort');
      else await pause(5);
      atOnce -= 1;
      await releaseLease(pool, lease, 60_000);
      return nothing;
    };
    const one = poller(takeTurn);
    one.start();
    await until('the others were polled', () => new Set(seen).size === 20);
    await one.stop();
    expect(mostAtOnce).toBeLessThanOrEqual(8);
  });
});

it('a poller that stops breaks off what is under way and waits for its end', async () => {
  await addSources(1);
  let state = 'idle';
  const one = poller(async (lease, stop) => {
    state = 'under way';
    await once(stop, 'abort');
    await releaseLease(pool, lease, 0);
    state = 'ended';
    throw stop.reason;
  });
  one.start();
  await until('the poll is under way', () => state === 'under way');
  await one.stop();
  expect(state).toBe('ended');
  await expect(takeDueSources(pool, 1, 1_000)).resolves.toHaveLength(1);
});
