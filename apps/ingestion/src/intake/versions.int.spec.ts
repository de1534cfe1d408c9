import { type ErasingLedger } from '#ledger';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';

interface Received {
  readonly statementId: string;
  readonly duplicate: boolean;
  readonly revises: string | null;
}

let scene: IngestionScene;
let other: IngestionScene;
let failing = new Set<string>();

/** Once, appends of one type are lost: as when the process ends before them. */
function losing(ledger: ErasingLedger): ErasingLedger {
  return {
    append: (request) => {
      const type = request.events.map((event) => event.type).find((each) => failing.delete(each));
      return type === undefined ? ledger.append(request) : Promise.reject(new Error(`lost ${type}`));
    },
    readStream: (streamId) => ledger.readStream(streamId),
    read: (page) => ledger.read(page),
    head: () => ledger.head(),
    positionAt: (instant) => ledger.positionAt(instant),
    readAt: (positions) => ledger.readAt(positions),
    erase: (position, stubs) => ledger.erase(position, stubs),
  };
}

beforeAll(async () => {
  scene = await ingestionScene({ through: losing });
  other = await ingestionScene({ besides: scene });
});

afterAll(async () => {
  await other.close();
  await scene.close();
});

beforeEach(() => {
  failing = new Set();
});

const page = (name: string) => `https://news.example/${name}`;
const report = (url: string, body: string, publishedAt: string) => ({
  publisher: 'Valley Herald',
  publishedAt,
  url,
  body,
  about: ['lachin-corridor'],
});
const send = (url: string, body: string, publishedAt = '2023-01-20', at = scene) =>
  at.send<Received>('POST', '/v1/statements', report(url, body, publishedAt));
const receive = async (...sent: Parameters<typeof send>) => (await send(...sent)).body;
const typesOf = async (statementId: string) =>
  (await scene.ledger.readStream(`statement-${statementId}`)).map(({ type }) => type);
const view = async (statementId: string) => (await scene.send('GET', `/v1/statements/${statementId}`)).body;

it('takes a changed text at the same address for a new version, and keeps both', async () => {
  const first = await receive(`${page('a')}?utm_source=feed`, 'The Lachin corridor is blocked.');
  const second = await receive(`${page('a')}#top`, 'The Lachin corridor is open.');
  expect(first.revises).toBeNull();
  expect(second).toMatchObject({ duplicate: false, revises: first.statementId });
  expect(await typesOf(first.statementId)).toEqual([
    'StatementReceived',
    'StatementCoded',
    'StatementSuperseded',
  ]);
  expect(await typesOf(second.statementId)).toEqual(['StatementReceived', 'StatementCoded']);
  expect(await view(first.statementId)).toMatchObject({
    body: 'The Lachin corridor is blocked.',
    revises: null,
    supersededBy: second.statementId,
  });
  expect(await view(second.statementId)).toMatchObject({
    body: 'The Lachin corridor is open.',
    revises: first.statementId,
    supersededBy: null,
    versions: [
      { statementId: first.statementId, supersededBy: second.statementId },
      { statementId: second.statementId, supersededBy: null },
    ],
  });
});

it('takes no part where the address is that of a whole site, or of another publisher', async () => {
  await receive('https://site.example/', 'The Lachin corridor is blocked, the site says.');
  const next = await receive('https://site.example', 'The Lachin corridor is open, the site says.');
  expect(next.revises).toBeNull();
  const url = page('shared');
  await receive(url, 'The Lachin corridor is blocked, they share.');
  const { body } = await scene.send<Received>('POST', '/v1/statements', {
    ...report(url, 'The Lachin corridor is open, they share.', '2023-01-20'),
    publisher: 'Road Courier',
  });
  expect(body.revises).toBeNull();
});

it('puts an earlier version that comes late behind the later one', async () => {
  const later = await receive(page('b'), 'The Lachin corridor is open, second edition.', '2023-01-21');
  const earlier = await receive(page('b'), 'The Lachin corridor is blocked, first edition.', '2023-01-20');
  expect(earlier).toMatchObject({ duplicate: false, revises: null, claims: [] });
  expect(await typesOf(earlier.statementId)).toEqual(['StatementReceived', 'StatementSuperseded']);
  expect(await typesOf(later.statementId)).toEqual(['StatementReceived', 'StatementCoded']);
});

it('changes nothing when an archive sends all versions once more', async () => {
  const versions = [
    ['The Lachin corridor is blocked, one.', '2023-01-20'],
    ['The Lachin corridor is open, two.', '2023-01-20'],
    ['The Lachin corridor is blocked again, three.', '2023-01-21'],
  ] as const;
  for (const [body, publishedAt] of versions) await receive(page('c'), body, publishedAt);
  const { position } = await scene.ledger.head();
  for (const [body, publishedAt] of versions) {
    expect(await receive(page('c'), body, publishedAt)).toMatchObject({ duplicate: true });
  }
  expect((await scene.ledger.head()).position).toBe(position);
});

it('records a text anew when the publisher goes back to it', async () => {
  const text = 'The Lachin corridor is blocked, as we said first.';
  const first = await receive(page('d'), text, '2023-01-20');
  const second = await receive(page('d'), 'The Lachin corridor is open, we erred.', '2023-01-21');
  const third = await receive(page('d'), text, '2023-01-22');
  expect(third).toMatchObject({ duplicate: false, revises: second.statementId });
  expect(third.statementId).not.toBe(first.statementId);
  expect(await typesOf(second.statementId)).toContain('StatementSuperseded');
  expect((await typesOf(first.statementId)).filter((type) => type === 'StatementSuperseded')).toHaveLength(1);
  expect(await receive(page('d'), text, '2023-01-22')).toMatchObject({
    duplicate: true,
    statementId: third.statementId,
  });
});

it('keeps a retracted text retracted, and lets its correction count', async () => {
  const text = 'The Lachin corridor is blocked, we retract.';
  const first = await receive(page('e'), text, '2023-01-20');
  await scene.send('POST', `/v1/statements/${first.statementId}/retraction`, { reason: 'Hearsay.' });
  const second = await receive(page('e'), 'The Lachin corridor is open, we retract.', '2023-01-21');
  expect(second.revises).toBe(first.statementId);
  expect(await typesOf(first.statementId)).toEqual([
    'StatementReceived',
    'StatementCoded',
    'StatementRetracted',
  ]);
  expect(await receive(page('e'), text, '2023-01-22')).toMatchObject({
    duplicate: true,
    statementId: first.statementId,
  });
  expect(await view(second.statementId)).toMatchObject({ supersededBy: null });
});

it('lets only the last of many corrections at once stand, whichever instance they come to', async () => {
  const received = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      receive(
        page('f'),
        `The Lachin corridor is blocked, edition ${index}.`,
        '2023-01-20',
        index % 2 === 0 ? scene : other,
      ),
    ),
  );
  const views = await Promise.all(received.map(({ statementId }) => view(statementId)));
  expect(views.filter(({ supersededBy }) => supersededBy === null)).toHaveLength(1);
  expect(new Set(views.map(({ revises }) => revises)).size).toBe(12);
});

it('finishes a correction that was cut off between its two appends when the text comes again', async () => {
  const first = await receive(page('g'), 'The Lachin corridor is blocked, cut off.');
  failing.add('StatementSuperseded');
  const lost = await send(page('g'), 'The Lachin corridor is open, cut off.');
  expect(lost.status).toBe(500);
  expect(await typesOf(first.statementId)).toEqual(['StatementReceived', 'StatementCoded']);
  const again = await receive(page('g'), 'The Lachin corridor is open, cut off.');
  expect(again).toMatchObject({ duplicate: true, revises: first.statementId });
  expect(await typesOf(first.statementId)).toContain('StatementSuperseded');
  expect(await view(first.statementId)).toMatchObject({ supersededBy: again.statementId });
});

it('finishes it also when nothing comes again, at the next start', async () => {
  const first = await receive(page('h'), 'The Lachin corridor is blocked, left alone.');
  failing.add('StatementSuperseded');
  await send(page('h'), 'The Lachin corridor is open, left alone.');
  const next = await ingestionScene({ besides: scene });
  await next.send('GET', '/health/ready');
  expect(await typesOf(first.statementId)).toContain('StatementSuperseded');
  await next.close();
});

it('leaves nothing behind when the first append is lost', async () => {
  const first = await receive(page('i'), 'The Lachin corridor is blocked, not yet.');
  failing.add('StatementReceived');
  expect((await send(page('i'), 'The Lachin corridor is open, not yet.')).status).toBe(500);
  expect(await view(first.statementId)).toMatchObject({ supersededBy: null });
  expect(await receive(page('i'), 'The Lachin corridor is open, not yet.')).toMatchObject({
    duplicate: false,
    revises: first.statementId,
  });
});

it('lets a second correction revise the first one, also where the revised text is nearer and its end is missing', async () => {
  const first = await receive(page('o'), 'The Lachin corridor is blocked, cut in two.');
  failing.add('StatementSuperseded');
  await send(page('o'), 'The Lachin corridor is now open, cut in two halves.');
  const again = await receive(page('o'), 'The Lachin corridor is blocked today, cut in two.');
  expect(again.revises).not.toBe(first.statementId);
  expect(await view(again.revises ?? '')).toMatchObject({
    revises: first.statementId,
    supersededBy: again.statementId,
  });
});
