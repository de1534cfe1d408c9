import { deriveId } from './derive-id.ts';
import { ledgerScene, type LedgerScene } from '../test/ledger-scene.ts';
import { cause, graded, received } from '../test/sample-events.ts';

let scene: LedgerScene;
beforeAll(async () => {
  scene = await ledgerScene();
});
afterAll(() => scene.close());

it('begins empty', async () => {
  expect(await scene.ledger.head()).toEqual({ position: 0, recordedAt: null });
  expect(await scene.ledger.read({ after: 0, limit: 10 })).toEqual([]);
  expect(await scene.ledger.readStream('none')).toEqual([]);
  expect(await scene.ledger.positionAt(new Date())).toBe(0);
});

describe('with ten events', () => {
  beforeAll(async () => {
    for (let index = 1; index <= 5; index += 1) {
      const events = [graded(`Publisher ${index}`), received(`Body ${index}`)];
      await scene.ledger.append({ streamId: `stream-${index % 2}`, expectedVersion: 'any', events, cause });
    }
  });

  const positions = async (page: Parameters<typeof scene.ledger.read>[0]) =>
    (await scene.ledger.read(page)).map(({ position }) => position);

  it('reads pages that follow one another', async () => {
    expect(await positions({ after: 0, limit: 4 })).toEqual([1, 2, 3, 4]);
    expect(await positions({ after: 4, limit: 4 })).toEqual([5, 6, 7, 8]);
    expect(await positions({ after: 8, limit: 4 })).toEqual([9, 10]);
    expect(await positions({ after: 10, limit: 4 })).toEqual([]);
  });

  it('reads through a position and not beyond', async () => {
    expect(await positions({ after: 2, through: 5, limit: 100 })).toEqual([3, 4, 5]);
  });

  it('reads some types only', async () => {
    expect(await positions({ after: 0, limit: 3, types: ['StatementReceived'] })).toEqual([2, 4, 6]);
    expect(await positions({ after: 6, limit: 3, types: ['StatementReceived'] })).toEqual([8, 10]);
    expect(await positions({ after: 0, limit: 3, types: ['CorridorRegistered'] })).toEqual([]);
  });

  it('reads one stream in order of version', async () => {
    const stream = await scene.ledger.readStream('stream-0');
    expect(stream.map(({ streamVersion }) => streamVersion)).toEqual([1, 2, 3, 4]);
    expect(stream.map(({ position }) => position)).toEqual([3, 4, 7, 8]);
  });

  it.each([0, 10_001, 1.5])('refuses a page of %d', async (limit) => {
    await expect(scene.ledger.read({ after: 0, limit })).rejects.toThrow(RangeError);
  });

  it('finds the position that was last at an instant', async () => {
    const events = await scene.ledger.read({ after: 0, limit: 100 });
    const [first, fifth] = [events[0]!, events[4]!];
    const before = new Date(Date.parse(first.recordedAt) - 1);
    expect(await scene.ledger.positionAt(before)).toBe(0);
    expect(await scene.ledger.positionAt(new Date('2999-01-01'))).toBe(10);
    // A Date has milliseconds only, so the instant is the end of the event's own millisecond.
    const end = new Date(Date.parse(fifth.recordedAt.slice(0, 23) + 'Z') + 1);
    const expected = events.filter(
      ({ recordedAt }) => recordedAt <= `${end.toISOString().slice(0, 23)}000Z`,
    ).length;
    expect(await scene.ledger.positionAt(end)).toBe(expected);
  });

  it('goes on past events whose payload someone removed, and shows them to who asks for every entry', async () => {
    await vanish(scene, 2, 4);
    expect(await positions({ after: 0, limit: 4 })).toEqual([1, 3, 5, 6]);
    expect(await positions({ after: 1, through: 2, limit: 4 })).toEqual([]);
    expect((await scene.ledger.readStream('stream-1')).map(({ position }) => position)).toEqual([
      1, 5, 6, 9, 10,
    ]);
    const entries = await scene.ledger.readEntries({ after: 0, limit: 4 });
    expect(entries.map(({ payload }) => payload === null)).toEqual([false, true, false, true]);
    expect(entries[1]).toMatchObject({
      type: 'StatementReceived',
      position: 2,
      payload: null,
      actor: 'key-1',
    });
  });

  it('still knows a repetition whose payload someone removed since', async () => {
    const eventId = deriveId('erased');
    const request = { streamId: 'erased', expectedVersion: 0, events: [received('Gone.', eventId)], cause };
    const first = await scene.ledger.append(request);
    await vanish(scene, first[0]!.position);
    expect(await scene.ledger.append(request)).toEqual(first);
  });
});

it('goes on into the next partition, made when it is needed', async () => {
  await scene.owner.query('UPDATE ledger.head SET position = 4999998');
  const events = Array.from({ length: 5 }, (_, index) => graded(`P ${index}`));
  await scene.ledger.append({ streamId: 'edge', expectedVersion: 0, events, cause });
  await scene.ledger.append({ streamId: 'edge', expectedVersion: 5, events: [graded()], cause });
  const stream = await scene.ledger.readStream('edge');
  expect(stream.map(({ position }) => position - 4_999_998)).toEqual([1, 2, 3, 4, 5, 6]);
  const { rows } = await scene.owner.query(
    'SELECT tableoid::regclass::text AS part, count(*)::int FROM ledger.event WHERE position > 4999998 GROUP BY 1 ORDER BY 1',
  );
  expect(rows).toEqual([
    { part: 'ledger.event_000000', count: 2 },
    { part: 'ledger.event_000001', count: 4 },
  ]);
  await expect(scene.owner.query('TRUNCATE ledger.event_000001')).rejects.toMatchObject({ code: '42501' });
});

it('knows an event id and a stream again over the border of partitions', async () => {
  const [old] = await scene.ledger.read({ after: 0, limit: 1 });
  await expect(
    scene.ledger.append({
      streamId: 'new',
      expectedVersion: 0,
      events: [graded('Other', old!.eventId)],
      cause,
    }),
  ).rejects.toMatchObject({ code: 'event_id_reused' });
  await expect(
    scene.ledger.append({ streamId: old!.streamId, expectedVersion: 0, events: [graded()], cause }),
  ).rejects.toMatchObject({ code: 'version_conflict', actualVersion: 6 });
});

/** As a superuser can, who passes the triggers. */
async function vanish({ owner }: LedgerScene, ...positions: readonly number[]): Promise<void> {
  await owner.query('ALTER TABLE ledger.erasable_payload DISABLE TRIGGER only_redacted');
  await owner.query('DELETE FROM ledger.erasable_payload WHERE position = ANY ($1)', [positions]);
  await owner.query('ALTER TABLE ledger.erasable_payload ENABLE TRIGGER only_redacted');
}
