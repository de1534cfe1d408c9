import fc from 'fast-check';
import { type RecordedEvent } from '#events';
import { FencedError, openLedgerFeed } from '#feed';
import { type RunningProjection } from '#projection';
import { until } from '../../../test/harness/until.ts';
import { diary, readDiary } from '../test/diary.ts';
import { HandDrivenFeed } from '../test/hand-driven-feed.ts';
import { projectionScene, type ProjectionScene } from '../test/projection-scene.ts';

let scene: ProjectionScene;
let running: RunningProjection[] = [];

beforeAll(async () => {
  scene = await projectionScene();
});

afterEach(async () => {
  await Promise.all(running.map((projection) => projection.stop()));
  running = [];
  await scene.forget();
});

afterAll(() => scene.close());

async function started(projector = diary()) {
  const feed = new HandDrivenFeed();
  const projection = await scene.run(projector, feed);
  running.push(projection);
  return { projector, feed, projection };
}

it('commits the rows and the checkpoint together', async () => {
  const { feed } = await started();
  const [first, second] = (await scene.record('Valley Herald', 'Valley Herald')) as [
    RecordedEvent,
    RecordedEvent,
  ];
  await feed.offer([first, second]);
  expect(await readDiary(scene.pool)).toEqual({ 'Valley Herald': [first.position, second.position] });
  expect(await scene.checkpoint()).toBe(second.position);
});

it('leaves nothing behind when the checkpoint cannot move after the rows were written', async () => {
  const { feed } = await started();
  const events = await scene.record('Valley Herald');
  await scene.pool.query('UPDATE trial.checkpoint SET epoch = epoch + 1');
  await expect(feed.offer(events)).rejects.toThrow(FencedError);
  expect(await readDiary(scene.pool)).toEqual({});
  expect(await scene.checkpoint()).toBe(0);
});

it('does nothing twice when a transport repeats itself, and never goes back', async () => {
  const { feed } = await started();
  const events = await scene.record('Valley Herald', 'Road Courier', 'Valley Herald');
  const [first, second, third] = events as [RecordedEvent, RecordedEvent, RecordedEvent];
  await feed.offer([first]);
  await feed.offer(events);
  await feed.offer([first, second]);
  expect(await readDiary(scene.pool)).toEqual({
    'Valley Herald': [first.position, third.position],
    'Road Courier': [second.position],
  });
  expect(await scene.checkpoint()).toBe(third.position);
});

it('fences the earlier holder when a second one takes over', async () => {
  const { feed: earlier } = await started();
  const { feed: later } = await started();
  const events = await scene.record('Valley Herald');
  await expect(earlier.offer(events)).rejects.toThrow(FencedError);
  expect(await readDiary(scene.pool)).toEqual({});
  await later.offer(events);
  expect(await readDiary(scene.pool)).toEqual({ 'Valley Herald': [events[0]?.position] });
});

it('goes on where the earlier holder committed, whatever that one was told', async () => {
  const { feed: earlier } = await started();
  const events = await scene.record('Valley Herald', 'Valley Herald');
  await earlier.offer(events.slice(0, 1));
  const { feed: later } = await started();
  await later.offer(events);
  expect(await readDiary(scene.pool)).toEqual({ 'Valley Herald': events.map(({ position }) => position) });
});

it.each([
  ['the connection is refused', { code: 'ECONNREFUSED' }],
  ['the ledger is not available', { code: 'ledger_unavailable' }],
  ['the server shuts down', { code: '57P01' }],
  ['the disk is full', { code: '53100' }],
  ['a lock is held too long', { code: '55P03' }],
])('fails the batch and parks nothing when %s', async (what, facts) => {
  const { projector, feed, projection } = await started();
  const events = await scene.record('Valley Herald');
  projector.beforeWriting = () => Promise.reject(Object.assign(new Error(what), facts));
  await expect(feed.offer(events)).rejects.toThrow(what);
  expect((await projection.health()).parked).toEqual([]);
  expect(await scene.checkpoint()).toBe(0);
  projector.beforeWriting = () => Promise.resolve();
  await feed.offer(events);
  expect(await readDiary(scene.pool)).toEqual({ 'Valley Herald': [events[0]?.position] });
});

it('outlives a connection that is killed while a batch is applied, and applies it once when it comes again', async () => {
  const feed = openLedgerFeed({
    ledger: scene.ledger,
    pool: scene.pool,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const projector = diary();
  let killed = 0;
  projector.beforeWriting = async () => {
    if (killed > 0) return;
    const { rowCount } = await scene.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction'`,
    );
    killed = rowCount ?? 0;
  };
  const head = await scene.ledger.head();
  try {
    running.push(await scene.run(projector, feed));
    const events = await scene.record('Valley Herald', 'Road Courier', 'Valley Herald');
    const [first, second, third] = events.map(({ position }) => position);
    await until('both keys are written', async () => {
      const written = await readDiary(scene.pool);
      return written['Valley Herald']?.includes(third ?? 0) === true && written['Road Courier'] !== undefined;
    });
    expect(killed).toBeGreaterThan(0);
    const since = Object.entries(await readDiary(scene.pool)).map(([key, positions]) => [
      key,
      positions.filter((position) => position > head.position),
    ]);
    expect(Object.fromEntries(since)).toMatchObject({
      'Valley Herald': [first, third],
      'Road Courier': [second],
    });
  } finally {
    await feed.close();
  }
});

it('gives the same rows however the events are cut into batches and repeated', async () => {
  const keys = ['Valley Herald', 'Road Courier', 'Bridge Post', 'Valley Herald', 'Bridge Post'];
  const events = await scene.record(...keys, ...keys);
  await (await started()).feed.offer(events);
  const expected = await readDiary(scene.pool);

  const batches = fc.array(
    fc.record({ start: fc.nat(events.length - 1), length: fc.integer({ min: 1, max: 6 }) }),
    {
      maxLength: 12,
    },
  );
  await fc.assert(
    fc.asyncProperty(batches, async (cuts) => {
      await scene.forget();
      const { feed } = await started();
      let reached = 0;
      for (const { start, length } of cuts) {
        // A transport may go back and repeat; it may not leave anything out.
        const from = Math.min(start, reached);
        await feed.offer(events.slice(from, from + length));
        reached = Math.max(reached, from + length);
      }
      await feed.offer(events.slice(Math.min(reached, events.length - 1)));
      expect(await readDiary(scene.pool)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});
