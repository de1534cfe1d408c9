import { type RecordedEvent } from '#events';
import { type RunningProjection } from '#projection';
import { diary, readDiary } from '../test/diary.ts';
import { HandDrivenFeed } from '../test/hand-driven-feed.ts';
import { projectionScene, type ProjectionScene } from '../test/projection-scene.ts';

const sick = 'Valley Herald';
const well = 'Road Courier';

let scene: ProjectionScene;
let feed: HandDrivenFeed;
let projector: ReturnType<typeof diary>;
let projection: RunningProjection;
let events: readonly RecordedEvent[];
let positions: readonly [number, number, number, number, number];

beforeAll(async () => {
  scene = await projectionScene();
});

beforeEach(async () => {
  feed = new HandDrivenFeed();
  projector = diary();
  projection = await scene.run(projector, feed);
  events = await scene.record(sick, well, sick, well, sick);
  positions = events.map(({ position }) => position) as unknown as typeof positions;
});

afterEach(async () => {
  await projection.stop();
  await scene.forget();
});

afterAll(() => scene.close());

it('parks the key of an event that cannot be applied, with the reason, and lets the others flow', async () => {
  projector.poison.add(positions[2]);
  await feed.offer(events);
  expect(await readDiary(scene.pool)).toEqual({
    [sick]: [positions[0]],
    [well]: [positions[1], positions[3]],
  });
  expect((await projection.health()).parked).toEqual([
    {
      key: sick,
      reason: `PublisherGraded at position ${positions[2]}: the ink does not hold ${positions[2]}`,
    },
  ]);
  expect(await scene.checkpoint()).toBe(positions[4]);
});

it('lets later events of a parked key wait, in whatever batch they come', async () => {
  projector.poison.add(positions[0]);
  await feed.offer(events.slice(0, 1));
  await feed.offer(events.slice(1, 3));
  await feed.offer(events.slice(3));
  expect(await readDiary(scene.pool)).toEqual({ [well]: [positions[1], positions[3]] });
});

it('applies what waited in order when the key is released, and lets the key flow again', async () => {
  projector.poison.add(positions[0]);
  await feed.offer(events);
  projector.poison.clear();
  expect(await projection.release(sick)).toBe(3);
  expect((await projection.health()).parked).toEqual([]);
  const next = await scene.record(sick);
  await feed.offer(next);
  expect((await readDiary(scene.pool))[sick]).toEqual([
    positions[0],
    positions[2],
    positions[4],
    next[0]?.position,
  ]);
});

it('keeps the key parked, and nothing half-applied, when an event still cannot be applied on release', async () => {
  projector.poison.add(positions[0]);
  await feed.offer(events);
  projector.poison.clear();
  projector.poison.add(positions[4]);
  await expect(projection.release(sick)).rejects.toThrow(`the ink does not hold ${positions[4]}`);
  expect((await readDiary(scene.pool))[sick]).toBeUndefined();
  expect((await projection.health()).parked).toMatchObject([{ key: sick }]);
  projector.poison.clear();
  expect(await projection.release(sick)).toBe(3);
  expect((await readDiary(scene.pool))[sick]).toEqual([positions[0], positions[2], positions[4]]);
});

it('loses no event that arrives while its key is being released', async () => {
  projector.poison.add(positions[0]);
  await feed.offer(events.slice(0, 3));
  projector.poison.clear();
  const { promise: midway, resolve: reachMidway } = Promise.withResolvers<undefined>();
  const { promise: goOn, resolve: letGoOn } = Promise.withResolvers<undefined>();
  projector.beforeWriting = async ([position]) => {
    if (position !== positions[2]) return;
    reachMidway(undefined);
    await goOn;
  };
  const released = projection.release(sick);
  await midway;
  const offered = feed.offer(events.slice(3));
  letGoOn(undefined);
  await released;
  // The batch waited for the release, and found the key gone that it meant to wait for: it is offered again.
  await offered.catch(() => feed.offer(events.slice(3)));
  expect(await readDiary(scene.pool)).toEqual({
    [sick]: [positions[0], positions[2], positions[4]],
    [well]: [positions[1], positions[3]],
  });
});

it('releases nothing when nothing is parked under the key', async () => {
  expect(await projection.release(well)).toBe(0);
});
