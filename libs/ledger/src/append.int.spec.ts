import { randomUUID } from 'node:crypto';
import { type RecordedEvent } from '#events';
import { leafHash } from '#proofs';
import { until } from '../../../test/harness/until.ts';
import { ledgerScene, type LedgerScene, writerPool } from '../test/ledger-scene.ts';
import { cause, graded, received } from '../test/sample-events.ts';
import { type NewEvent } from './ledger.ts';
import { openLedger } from './postgres-ledger.ts';

let scene: LedgerScene;
beforeAll(async () => {
  scene = await ledgerScene();
});
afterAll(() => scene.close());

function append(streamId: string, events: readonly NewEvent[], expectedVersion: number | 'any' = 'any') {
  return scene.ledger.append({ streamId, expectedVersion, events, cause });
}

async function everything(): Promise<readonly RecordedEvent[]> {
  return scene.ledger.read({ after: 0, limit: 10_000 });
}

it('answers what it recorded, and a reader finds the same', async () => {
  const events = [graded(), received()];
  const recorded = await append('answers', events, 0);
  expect(recorded).toMatchObject(events);
  expect(recorded).toMatchObject([
    {
      streamId: 'answers',
      streamVersion: 1,
      validFrom: null,
      key: 'The Daily Road',
      schemaVersion: 1,
      ...cause,
    },
    { streamId: 'answers', streamVersion: 2, validFrom: '2022-12-12', ...cause },
  ]);
  expect(recorded[0]?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(await scene.ledger.readStream('answers')).toEqual(recorded);
});

it('gives positions without a gap to 64 writers at once, each its own', async () => {
  const before = (await scene.ledger.head()).position;
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, index) => append(`parallel-${index}`, [graded(), received()], 0)),
  );
  const positions = answers.flat().map(({ position }) => position);
  const expected = Array.from({ length: 128 }, (_, index) => before + index + 1);
  expect(positions.toSorted((a, b) => a - b)).toEqual(expected);
  expect(await scene.ledger.head()).toMatchObject({ position: before + 128 });
  expect((await scene.ledger.read({ after: before, limit: 1_000 })).map((event) => event.position)).toEqual(
    expected,
  );
});

it('keeps the events of one request together and in order', async () => {
  const events = Array.from({ length: 300 }, (_, index) => graded(`Publisher ${index}`));
  const [recorded] = await Promise.all([
    append('together', events),
    ...Array.from({ length: 20 }, (_, index) => append(`beside-${index}`, [graded()])),
  ]);
  const first = recorded[0]!.position;
  expect(recorded.map(({ position }) => position - first)).toEqual(events.map((_, index) => index));
  expect(recorded.map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
});

it('lets exactly one of several writers who expect the same version in', async () => {
  const other = openLedger({ pool: writerPool(scene.url) });
  const attempts = Array.from({ length: 10 }, (_, index) =>
    (index % 2 === 0 ? scene.ledger : other).append({
      streamId: 'contended',
      expectedVersion: 0,
      events: [graded()],
      cause,
    }),
  );
  const settled = await Promise.allSettled(attempts);
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of settled.filter(({ status }) => status === 'rejected')) {
    expect(result).toMatchObject({
      reason: { code: 'version_conflict', streamId: 'contended', expectedVersion: 0, actualVersion: 1 },
    });
  }
  await other.close();
});

it('writes nothing of a refused request, and leaves no gap', async () => {
  await append('refused', [graded()]);
  const before = await scene.ledger.head();
  await expect(append('refused', [graded(), graded()], 5)).rejects.toMatchObject({
    code: 'version_conflict',
  });
  expect((await scene.ledger.head()).position).toBe(before.position);
  const [next] = await append('refused', [graded()], 1);
  expect(next?.position).toBe(before.position + 1);
});

it('answers a repetition with what was recorded the first time, also when the stream has moved on', async () => {
  const events = [graded(), received()];
  const first = await append('repeated', events, 0);
  await append('repeated', [graded()], 2);
  const again = await append('repeated', events, 0);
  expect(again).toEqual(first);
  expect(await scene.ledger.readStream('repeated')).toHaveLength(3);
});

it('records a request once that is sent twice at the same time, by two processes too', async () => {
  const other = openLedger({ pool: writerPool(scene.url) });
  const request = { streamId: 'twice', expectedVersion: 0, events: [graded(), graded('Other')], cause };
  const answers = await Promise.all(
    [scene.ledger, other, scene.ledger, other].map((ledger) => ledger.append(request)),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await scene.ledger.readStream('twice')).toHaveLength(2);
  await other.close();
});

describe('an id that was used before', () => {
  const used = randomUUID();
  const erasable = randomUUID();
  beforeAll(async () => {
    await append('used', [graded('First', used), received('First.', erasable)], 0);
  });

  it.each<[string, string, readonly NewEvent[]]>([
    ['with another payload', 'used', [graded('Second', used)]],
    ['with another erasable payload', 'used', [received('Second.', erasable)]],
    ['with another type', 'used', [received('First', used)]],
    ['with another valid time', 'used', [{ ...graded('First', used), validFrom: '2022-12-13' }]],
    ['in another stream', 'unused', [graded('First', used)]],
    ['beside a new event', 'used', [graded('First', used), graded('New', randomUUID())]],
  ])('is refused %s', async (_what, streamId, events) => {
    const before = await scene.ledger.head();
    await expect(append(streamId, events)).rejects.toMatchObject({ code: 'event_id_reused' });
    expect(await scene.ledger.head()).toEqual(before);
  });
});

describe('an event that breaks its contract', () => {
  const wrong = {
    ...graded(),
    payload: { publisher: 'A', grade: { reliability: 'Z' } },
  } as unknown as NewEvent;

  it.each<[string, readonly NewEvent[], string]>([
    ['the field', [graded(), wrong], 'events[1].payload.grade.reliability'],
    ['an unknown type', [{ ...graded(), type: 'Rumour' } as unknown as NewEvent], 'events[0].type'],
    ['an id that is none', [graded('A', 'no-uuid')], 'events[0].eventId'],
    ['an id given twice', [graded('A', wrong.eventId), graded('B', wrong.eventId)], 'events[1].eventId'],
    ['a day that is none', [{ ...graded(), validFrom: '2022-02-30' }], 'events[0].validFrom'],
    ['the lack of events', [], 'events'],
  ])('is refused, naming %s', async (_what, events, path) => {
    await expect(append('invalid', events)).rejects.toMatchObject({ code: 'invalid_event', path });
    expect(await scene.ledger.readStream('invalid')).toEqual([]);
  });
});

it('stores what names persons beside the event, with the salt', async () => {
  const [plain, erasable] = await append('erasable', [graded(), received()]);
  const { rows } = await scene.owner.query<Record<string, unknown>>(
    `SELECT e.payload AS own_payload, e.salt AS own_salt, p.payload, p.salt
     FROM ledger.event e LEFT JOIN ledger.erasable_payload p USING (position) WHERE position = ANY ($1) ORDER BY position`,
    [[plain?.position, erasable?.position]],
  );
  expect(rows).toMatchObject([
    { own_payload: plain?.payload, payload: null, salt: null },
    { own_payload: null, own_salt: null, payload: erasable?.payload },
  ]);
  expect(rows[0]?.['own_salt']).toHaveLength(16);
  expect(rows[1]?.['salt']).toHaveLength(16);
});

it('stores for every row the leaf hash that libs/proofs computes from what is read', async () => {
  await append('quoted "stream" \\ é', [{ ...graded('A "quoted" \\ name\t…'), validFrom: '0099-01-01' }]);
  const { rows } = await scene.owner.query<{ position: string; payload_hash: Buffer; leaf_hash: Buffer }>(
    'SELECT position, payload_hash, leaf_hash FROM ledger.event ORDER BY position',
  );
  const stored = rows.map(({ leaf_hash }) => leaf_hash.toString('hex'));
  const events = await everything();
  const computed = events.map((event, index) => {
    const payloadHash = rows[index]!.payload_hash.toString('hex');
    return leafHash({ ...event, v: 2, payloadVersion: event.schemaVersion, payloadHash });
  });
  expect(stored.length).toBeGreaterThan(400);
  expect(computed.map((hash) => hash.toString('hex'))).toEqual(stored);
});

it('stores payload hashes that anyone with the salt can recompute from the stored text', async () => {
  const { rows } = await scene.owner.query<{ wrong: string }>(`
    SELECT count(*) AS wrong FROM ledger.event e LEFT JOIN ledger.erasable_payload p USING (position)
    WHERE payload_hash <> sha256(coalesce(e.salt, p.salt) || convert_to(coalesce(e.payload, p.payload)::text, 'UTF8'))`);
  expect(rows).toEqual([{ wrong: '0' }]);
});

it('never lets recordedAt go back, even when the clock does', async () => {
  await append('clock', [graded()]);
  await scene.owner.query(`UPDATE ledger.head SET recorded_at = '2999-01-01T00:00:00.000001Z'`);
  const [first] = await append('clock', [graded()]);
  const [second] = await append('clock', [graded()]);
  expect([first?.recordedAt, second?.recordedAt]).toEqual(Array(2).fill('2999-01-01T00:00:00.000001Z'));
  const times = (await everything()).map(({ recordedAt }) => recordedAt);
  expect(times).toEqual(times.toSorted());
});

it('shows events to a reader in the order of their positions, whoever writes', async () => {
  const writers = [
    scene.ledger,
    openLedger({ pool: writerPool(scene.url) }),
    openLedger({ pool: writerPool(scene.url) }),
  ];
  const start = (await scene.ledger.head()).position;
  const seen: number[] = [];
  let done = false;
  const reading = until('the reader has seen all', async () => {
    const page = await scene.ledger.read({ after: start + seen.length, limit: 50 });
    seen.push(...page.map(({ position }) => position));
    return done && page.length === 0;
  });
  await Promise.all(
    writers.flatMap((ledger, writer) =>
      Array.from({ length: 60 }, (_, index) =>
        ledger.append({
          streamId: `order-${writer}-${index}`,
          expectedVersion: 0,
          events: [graded()],
          cause,
        }),
      ),
    ),
  );
  done = true;
  await reading;
  expect(seen).toEqual(Array.from({ length: 180 }, (_, index) => start + index + 1));
  await Promise.all(writers.slice(1).map((ledger) => ledger.close()));
});
