import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';

let scene: IngestionScene;
let made = 0;
let name: string;

beforeAll(async () => {
  scene = await ingestionScene();
  await scene.send('PUT', '/v1/corridors/heron-pass', { name: 'Heron Pass' });
});

beforeEach(() => {
  name = `Valley Herald ${++made}`;
});

afterAll(() => scene.close());

const at = (publisher: string) => `/v1/publishers/${encodeURIComponent(publisher)}`;
const grade = (reliability: string, publisher = name) =>
  scene.send('PUT', at(publisher), { reliability, kind: 'news' });

const recordedAfter = async (position: number) =>
  (await scene.ledger.read({ after: position, limit: 100 })).map(({ type, key }) => `${type} ${key}`);

it('lets every registered corridor learn a grade right behind it, each in its own lane', async () => {
  const { position } = await scene.ledger.head();
  await grade('B');
  expect(await recordedAfter(position)).toEqual([
    `PublisherGraded ${name}`,
    'PublisherRegraded lachin-corridor',
    'PublisherRegraded heron-pass',
  ]);
});

it('records nothing when the grade is the one that holds', async () => {
  await grade('B');
  const head = await scene.ledger.head();
  await grade('B');
  expect(await scene.ledger.head()).toEqual(head);
});

it('records a grade once when two set the same at once', async () => {
  const { position } = await scene.ledger.head();
  await Promise.all([grade('B'), grade('B'), grade('B')]);
  expect(await recordedAfter(position)).toHaveLength(3);
});

it('shows the grade that holds, and who set which before, when', async () => {
  await grade('C');
  await grade('B');
  const history = [
    { reliability: 'C', actor: expect.any(String) as string, recordedAt: expect.any(String) as string },
    { reliability: 'B', kind: 'news', country: null, position: expect.any(Number) as number },
  ];
  expect(await scene.send('GET', at(name))).toMatchObject({
    status: 200,
    body: { name, reliability: 'B', history },
  });
});

it('lists the graded publishers by name, page by page', async () => {
  const names = ['Zander Post 1', 'Zander Post 2', 'Zander Post 3'];
  for (const each of names.toReversed()) await grade('D', each);
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`;
    const { body } = await scene.send<{ items: { name: string }[]; next: string | null }>(
      'GET',
      `/v1/publishers?limit=2${cursor}`,
    );
    seen.push(...body.items.map((item) => item.name));
    next = body.next;
  }
  expect(seen.filter((each) => each.startsWith('Zander'))).toEqual(names);
  expect(new Set(seen).size).toBe(seen.length);
});

it('has no grade for a publisher that nobody has graded', async () => {
  expect(await scene.send('GET', at(name))).toMatchObject({
    status: 404,
    body: { type: 'urn:corridor-watch:problem:ungraded_publisher' },
  });
});

it.each([
  ['/reliability', { reliability: 'G', kind: 'news' }],
  ['/reliability', { reliability: 'a', kind: 'news' }],
  ['/reliability', { kind: 'news' }],
  ['/kind', { reliability: 'B', kind: 'blog' }],
  ['/country', { reliability: 'B', kind: 'news', country: 'France' }],
])('refuses a grade by the name of its faulty field: %s', async (pointer, body) => {
  const head = await scene.ledger.head();
  expect(await scene.send('PUT', at(name), body)).toMatchObject({
    status: 400,
    body: { errors: [{ pointer }] },
  });
  expect(await scene.ledger.head()).toEqual(head);
});
