import { coded, registered } from '../../test/reports.ts';
import { statusScene, type StatusScene } from '../../test/status-scene.ts';

interface Changes {
  readonly items: readonly { corridor: string; from: string; to: string; position: number }[];
  readonly next: string | null;
  readonly since: string;
}

let scene: StatusScene;

beforeAll(async () => {
  scene = await statusScene();
  await scene.record(
    registered('heron-pass'),
    registered('crane-pass'),
    coded({ name: 'a', corridor: 'heron-pass', on: '2023-02-01', status: 'blocked' }),
    coded({ name: 'b', corridor: 'crane-pass', on: '2023-02-02', status: 'restricted' }),
  );
  await scene.settled();
});

afterAll(() => scene.close());

async function changes(path: string): Promise<Changes> {
  const { status, body } = await scene.get<Changes>(path);
  expect(status).toBe(200);
  return body;
}

const told = ({ items }: Changes) => items.map(({ corridor, from, to }) => `${corridor}: ${from} → ${to}`);

it('tells the changes of all corridors, oldest first, and those of one', async () => {
  expect(told(await changes('/v1/changes')).sort()).toEqual([
    'crane-pass: open → restricted',
    'heron-pass: open → blocked',
  ]);
  expect(told(await changes('/v1/corridors/heron-pass/changes'))).toEqual(['heron-pass: open → blocked']);
});

it('tells a reader who comes back with `since` what is new, once', async () => {
  const first = await changes('/v1/changes?limit=1');
  const second = await changes(`/v1/changes?limit=1&since=${first.since}`);
  expect([...told(first), ...told(second)]).toHaveLength(2);
  expect(told(first)).not.toEqual(told(second));
  const nothing = await changes(`/v1/changes?since=${second.since}`);
  expect(nothing.items).toEqual([]);

  await scene.record(coded({ name: 'c', corridor: 'heron-pass', on: '2023-03-20', status: 'open' }));
  await scene.settled();
  expect(told(await changes(`/v1/changes?since=${nothing.since}`))).toEqual(['heron-pass: blocked → open']);
});

it('refuses a place that it did not give out', async () => {
  const { since } = await changes('/v1/changes');
  for (const url of ['/v1/changes?since=MQ.forged', `/v1/corridors/heron-pass/changes?cursor=${since}`]) {
    expect((await scene.get(url)).status).toBe(400);
  }
});

it('knows no changes of an unknown corridor', async () => {
  expect((await scene.get('/v1/corridors/nowhere/changes')).status).toBe(404);
});
