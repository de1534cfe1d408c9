import { coded, lapsed, registered, told } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';

interface Queue {
  readonly items: readonly { corridor: string; reasons: readonly string[]; status: string }[];
  readonly next: string | null;
}

let scene: StatusScene;

beforeAll(async () => {
  scene = await statusScene();
  const report = (corridor: string, name: string, on: string, more: object = {}) =>
    coded({ name: `${corridor} ${name}`, corridor, on, status: 'blocked', ...more });
  await scene.record(
    ...['sure-pass', 'silent-pass', 'disputed-pass', 'doubtful-pass', 'conflict-pass'].map((corridor) =>
      registered(corridor),
    ),
    registered('unheard-pass', { baseline: null }),
    report('sure-pass', 'shut', '2023-02-01'),
    report('silent-pass', 'shut', '2023-01-01'),
    lapsed('silent-pass', '2023-01-16', '2023-01-01'),
    lapsed('silent-pass', '2023-01-30', '2023-01-01', 'unknown'),
    report('disputed-pass', 'shut', '2023-02-02'),
    report('disputed-pass', 'denied', '2023-02-02', { status: 'open', speaker: 'Northmark', type: 'denial' }),
    told(
      { name: 'doubtful', corridor: 'doubtful-pass', on: '2023-02-03' },
      { speaker: 'Northmark', quote: 'Northmark said that the pass is shut.' },
      { publisher: 'Valley Herald', grade: null },
    ),
    report('conflict-pass', 'shut', '2023-02-04'),
    report('conflict-pass', 'open', '2023-02-04', { status: 'open', speaker: 'OSCE' }),
  );
  await scene.settled();
});

afterAll(() => scene.close());

async function queue(query = ''): Promise<Queue> {
  const { status, body } = await scene.get<Queue>(`/v1/review-queue${query}`);
  expect(status).toBe(200);
  return body;
}

const ids = ({ items }: Queue) => items.map(({ corridor }) => corridor);

it('holds what is in doubt and nothing else, those first of which nothing was heard for longest', async () => {
  expect(ids(await queue())).toEqual(['silent-pass', 'disputed-pass', 'doubtful-pass', 'conflict-pass']);
});

it.each([
  ['stale', 'silent-pass', 'unknown'],
  ['disputed', 'disputed-pass', 'blocked'],
  ['low_confidence', 'doubtful-pass', 'open'],
  ['conflict', 'conflict-pass', 'open'],
])('says that something is %s', async (reason, corridor, status) => {
  const { items } = await queue(`?reason=${reason}`);
  const found = items.find((item) => item.corridor === corridor);
  expect(found).toMatchObject({ status, reasons: expect.arrayContaining([reason]) as string[] });
  expect(items.every(({ reasons }) => reasons.includes(reason))).toBe(true);
  expect(ids(await queue())).toEqual(expect.arrayContaining(ids({ items, next: null })));
});

it('comes in pages', async () => {
  const first = await queue('?limit=3');
  const second = await queue(`?limit=3&cursor=${first.next ?? ''}`);
  expect([...ids(first), ...ids(second)]).toEqual(ids(await queue()));
  expect(second.next).toBeNull();
});

it('refuses a reason that there is not, naming the parameter', async () => {
  expect(await scene.get('/v1/review-queue?reason=bored')).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/reason' }] },
  });
});
