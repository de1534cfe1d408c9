import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { until } from '../../../../test/harness/until.ts';
import {
  answer,
  closeWebServers,
  endless,
  feedOf,
  openWebServer,
  silence,
  type Page,
  type WebServer,
} from '../../../../test/harness/web-server.ts';
import { ingestionScene, sourcesByHand, type IngestionScene } from '../../test/ingestion-scene.ts';
import { article, rssOf, SourceDesk } from '../../test/source-desk.ts';
import { type SourceView } from './source.view.ts';

// Limits of time are what is tested here, and a busy machine takes its own.
jest.setTimeout(30_000);

/** Well over the time that one fetch may take. */
const quick = { withinMs: 10_000 };
let scene: IngestionScene;
let desk: SourceDesk;
let server: WebServer;

beforeAll(async () => {
  scene = await ingestionScene();
  desk = new SourceDesk(scene);
});
afterAll(() => scene.close());
beforeEach(async () => {
  server = await openWebServer();
});
afterEach(closeWebServers);

const laughs = Array.from(
  { length: 9 },
  (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
).join('');
const hostile: readonly (readonly [name: string, page: Page, code: string])[] = [
  ['malformed', feedOf('<rss>\n<channel>\n<item>'), 'xml_malformed'],
  ['in an unknown encoding', feedOf('<?xml version="1.0" encoding="x-klingon"?><rss/>'), 'charset_unknown'],
  [
    'reading our files',
    feedOf(
      '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
    ),
    'doctype_refused',
  ],
  [
    'laughing a billion times',
    feedOf(`<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]><rss><channel><title>&l9;</title></channel></rss>`),
    'doctype_refused',
  ],
  [
    'a zip bomb',
    feedOf(gzipSync(Buffer.alloc(60_000_000)), { 'content-encoding': 'gzip' }),
    'expands_too_far',
  ],
  ['without an end', endless(Buffer.alloc(100_000, ' '), 1), 'too_large'],
  ['trickling', endless(' ', 100), 'timeout'],
  [
    'stopping in the middle',
    (_request, response) => void response.writeHead(200).write('<rss>'),
    'idle_timeout',
  ],
  ['silent', silence, 'timeout'],
  [
    'leading to a private address',
    answer(302, '', { location: 'http://169.254.169.254/latest/meta-data' }),
    'blocked_address',
  ],
  ['leading in a circle', answer(302, '', { location: '/feed' }), 'redirect_loop'],
  ['a page', answer(200, '<!doctype html><html></html>', { 'content-type': 'text/html' }), 'not_a_feed'],
  ['a film', answer(200, 'x', { 'content-type': 'video/mp4' }), 'content_type_refused'],
  [
    'of a million items',
    feedOf(`<rss><channel>${'<item/>'.repeat(500_000)}</channel></rss>`),
    'too_many_items',
  ],
  [
    'a multitude of elements',
    feedOf(`<rss><channel><item>${'<a/>'.repeat(900_000)}</item></channel></rss>`),
    'text_too_long',
  ],
  ['nested without end', feedOf(`<rss>${'<a>'.repeat(1_000_000)}`), 'nested_too_deep'],
  [
    'of a million items in JSON',
    feedOf(`{"version":"https://jsonfeed.org/version/1","items":[${'{},'.repeat(1_600_000)}{}]}`),
    'too_many_items',
  ],
  ['gone', answer(410), 'http_410'],
  ['missing', answer(404), 'http_404'],
  ['broken inside', answer(500), 'http_500'],
  ['closed to us', answer(403), 'http_403'],
];

it.each(hostile)('a feed %s marks its source, and nothing else happens', async (_name, page, code) => {
  server.serve('/feed', page);
  const source = await desk.register(`${server.origin}/feed`);
  const startedAt = performance.now();
  const { feed, statements } = await desk.poll(source);
  expect({ feed, statements }).toMatchObject({ feed: { kind: 'failed', code }, statements: [] });
  expect(performance.now() - startedAt).toBeLessThan(quick.withinMs);
  const { health } = await desk.view(source);
  expect(health).toMatchObject({
    state: 'failing',
    lastSuccessAt: null,
    consecutiveFailures: 1,
    itemsSeen: 0,
  });
  expect(health.lastError).toMatchObject({ code, detail: expect.stringMatching(/\w/) as string });
  expect(Date.parse(health.nextPollAt)).toBeGreaterThan(Date.now() + 50 * 60_000);
  expect(Date.parse(health.lastAttemptAt!)).toBeLessThanOrEqual(Date.now());
});

it.each([429, 503])('a %d keeps us away for as long as it asks', async (status) => {
  server.serve('/feed', answer(status, '', { 'retry-after': '36000' }));
  const source = await desk.register(`${server.origin}/feed`);
  expect((await desk.poll(source)).feed).toMatchObject({ kind: 'failed', code: `http_${status}` });
  const { nextPollAt } = (await desk.view(source)).health;
  expect(Date.parse(nextPollAt) - Date.now()).toBeGreaterThan(9.9 * 3_600_000);
});

it('a feed that robots.txt keeps us from is not fetched', async () => {
  server.serve('/robots.txt', answer(200, 'User-agent: *\nDisallow: /'));
  server.serve('/feed', feedOf(rssOf([])));
  const source = await desk.register(`${server.origin}/feed`);
  expect((await desk.poll(source)).feed).toMatchObject({ kind: 'failed', code: 'robots_refused' });
  expect(server.askedFor('/feed')).toHaveLength(0);
});

it('tells the line of what is malformed, waits longer with each failure, and forgets both when it is mended', async () => {
  server.serve('/feed', feedOf('<rss>\n<channel>\n<item>'));
  const source = await desk.register(`${server.origin}/feed`);
  const waits: number[] = [];
  for (let failure = 1; failure <= 3; failure += 1) {
    await desk.poll(source);
    const { health } = await desk.view(source);
    expect(health.consecutiveFailures).toBe(failure);
    waits.push(Math.round((Date.parse(health.nextPollAt) - Date.now()) / 3_600_000));
  }
  expect(waits).toEqual([1, 2, 4]);
  expect((await desk.view(source)).health.lastError!.detail).toMatch(/^Line 3: /);
  server.serve('/feed', feedOf(rssOf([])));
  await desk.poll(source);
  expect((await desk.view(source)).health).toMatchObject({
    state: 'ok',
    consecutiveFailures: 0,
    lastError: { code: 'xml_malformed' },
  });
});

describe('while ten feeds hang', () => {
  let busy: IngestionScene;
  let busyDesk: SourceDesk;

  beforeAll(async () => {
    const settings = {
      SOURCE_POLLING: 'true',
      SOURCE_FETCH_TIMEOUT_MS: '60000',
      SOURCE_IDLE_TIMEOUT_MS: '60000',
    };
    busy = await ingestionScene({ sources: sourcesByHand(settings) });
    busyDesk = new SourceDesk(busy);
  });
  afterAll(() => busy.close());

  it('the others are polled at once, and the end waits for none of them', async () => {
    // Each a host of its own, or they would wait for each other.
    const hanging = await Promise.all(Array.from({ length: 10 }, () => openWebServer()));
    const sources: SourceView[] = [];
    for (const host of hanging) {
      host.serve('/feed', silence);
      sources.push(await busyDesk.register(`${host.origin}/feed`));
    }
    server.serve('/feed', feedOf(rssOf([{ guid: '1', day: 20, content: article('Not delayed.') }])));
    const healthy = await busyDesk.register(`${server.origin}/feed`);
    await busy.pool.query('UPDATE ingestion.source SET feed_due_at = now(), due_at = now()');
    await until('all of them hang', () => hanging.every(({ asked }) => asked.length === 2), quick);
    await until(
      'the healthy source is polled',
      async () => (await busyDesk.view(healthy)).health.itemsReceived === 1,
      quick,
    );
    const [first] = sources;
    expect((await busyDesk.view(first!)).health.state).toBe('new');
  });
});
