import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import {
  answer,
  closeWebServers,
  feedOf,
  htmlOf,
  openWebServer,
  type WebServer,
} from '../../../../test/harness/web-server.ts';
import { ingestionScene, type IngestionScene } from '../../test/ingestion-scene.ts';
import { article, html, pageOf, rssOf, sentences, SourceDesk } from '../../test/source-desk.ts';

// Limits of time are what is tested here, and a busy machine takes its own.
jest.setTimeout(30_000);

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

const url = (path: string) => `${server.origin}${path}`;

async function eventTypes(streamId: string): Promise<readonly string[]> {
  return (await scene.ledger.readStream(streamId)).map(({ type }) => type);
}

describe('a source', () => {
  it('is registered, listed, changed and removed, and each is an event', async () => {
    const source = await desk.register(url('/feed'), { about: ['lachin-corridor'] });
    expect(source).toMatchObject({
      feedUrl: url('/feed'),
      publisher: 'Valley Herald',
      everyMinutes: 60,
      about: ['lachin-corridor'],
      health: { state: 'new', lastSuccessAt: null, lastError: null, consecutiveFailures: 0, itemsSeen: 0 },
    });
    const again = {
      feedUrl: url('/feed'),
      publisher: 'Valley Herald',
      everyMinutes: 30,
      about: ['lachin-corridor'],
    };
    await expect(scene.send('POST', '/v1/sources', again)).resolves.toMatchObject({
      status: 200,
      body: { id: source.id, everyMinutes: 30 },
    });
    await expect(scene.send('POST', '/v1/sources', again)).resolves.toMatchObject({ status: 200 });
    const { body } = await scene.send<{ items: { id: string }[] }>('GET', '/v1/sources');
    expect(body.items.map(({ id }) => id)).toContain(source.id);
    await expect(desk.remove(source)).resolves.toMatchObject({ status: 204 });
    await expect(desk.remove(source)).resolves.toMatchObject({ status: 404 });
    await expect(scene.send('GET', `/v1/sources/${source.id}`)).resolves.toMatchObject({ status: 404 });
    await expect(scene.send('POST', `/v1/sources/${source.id}/poll`)).resolves.toMatchObject({ status: 404 });
    await expect(eventTypes(`source-${source.id}`)).resolves.toEqual([
      'SourceRegistered',
      'SourceRegistered',
      'SourceRemoved',
    ]);
    await expect(scene.send('POST', '/v1/sources', again)).resolves.toMatchObject({
      status: 201,
      body: { id: source.id },
    });
  });

  it.each([
    ['a private address', { feedUrl: 'http://10.0.0.1/feed' }, 422, 'blocked_address'],
    ['a name inside a network', { feedUrl: 'http://intranet/feed' }, 422, 'blocked_address'],
    ['a password', { feedUrl: 'https://a:b@news.example/feed' }, 422, 'url_refused'],
    ['no address', { feedUrl: 'feed.xml' }, 400, 'invalid_input'],
    ['a file', { feedUrl: 'file:///etc/passwd' }, 400, 'invalid_input'],
    ['an unknown corridor', { about: ['no-such-corridor'] }, 422, 'unknown_corridor'],
    ['a haste', { everyMinutes: 0 }, 400, 'invalid_input'],
    ['a field too many', { every: 1 }, 400, 'invalid_input'],
  ])('with %s is refused', async (_name, wrong, status, code) => {
    const input = { feedUrl: url('/feed'), publisher: 'Valley Herald', everyMinutes: 60, ...wrong };
    const refused = await scene.send<{ type: string }>('POST', '/v1/sources', input);
    expect({ status: refused.status, type: refused.body.type }).toEqual({
      status,
      type: `urn:corridor-watch:problem:${code}`,
    });
  });

  it('needs a key to be seen or changed', async () => {
    for (const method of ['GET', 'POST'] as const) {
      const { status } = await scene.send(method, '/v1/sources', undefined, { authorization: '' });
      expect(status).toBe(401);
    }
  });
});

describe('a poll', () => {
  it('turns a whole text in the feed into a statement, whose custody names the bytes that came', async () => {
    const feed = rssOf([
      { guid: '1', link: url('/1'), title: 'Road shut', day: 20, content: article('It is the first day.') },
    ]);
    server.serve('/feed', feedOf(feed, { etag: '"v1"', server: 'Valley' }));
    const source = await desk.register(url('/feed'), { about: ['lachin-corridor'] });
    const { feed: outcome, statements } = await desk.poll(source);
    expect(outcome).toEqual({
      kind: 'read',
      itemCount: 1,
      newCount: 1,
      changedCount: 0,
      disappearedCount: 0,
      reappearedCount: 0,
    });
    expect(statements).toMatchObject([{ duplicate: false, url: url('/1'), title: 'Road shut' }]);
    const statement = await desk.statement(statements[0]!.statementId);
    const sha256 = createHash('sha256').update(feed).digest('hex');
    expect(statement).toMatchObject({
      publisher: 'Valley Herald',
      publishedAt: '2023-01-20T12:00:00.000Z',
      title: 'Road shut',
      language: 'en',
      about: ['lachin-corridor'],
      body: article('It is the first day.').join('\n'),
      custody: {
        receivedFrom: `source:${source.id}`,
        bytesSha256: sha256,
        fetch: {
          url: url('/feed'),
          finalUrl: url('/feed'),
          status: 200,
          headers: { etag: '"v1"', server: 'Valley' },
        },
      },
    });
    expect(statement.claims.length).toBeGreaterThan(0);
    const { rows } = await scene.pool.query<{ gzipped: Buffer }>(
      'SELECT gzipped FROM ingestion.received_bytes WHERE sha256 = $1',
      [Buffer.from(sha256, 'hex')],
    );
    expect(gunzipSync(rows[0]!.gzipped).toString()).toBe(feed);
    expect((await desk.view(source)).health).toMatchObject({
      state: 'ok',
      itemsSeen: 1,
      itemsListed: 1,
      itemsReceived: 1,
      itemsWaiting: 0,
    });
  });

  it('asks whether the feed changed, and says that it did not', async () => {
    server.serve('/feed', (request, response) => {
      const unchanged = request.headers['if-none-match'] === '"v1"';
      response.writeHead(unchanged ? 304 : 200, { etag: '"v1"' }).end(unchanged ? '' : rssOf([]));
    });
    const source = await desk.register(url('/feed'));
    expect((await desk.poll(source)).feed).toMatchObject({ kind: 'read', itemCount: 0 });
    expect((await desk.poll(source)).feed).toEqual({ kind: 'unchanged' });
    expect((await desk.poll(source)).feed).toEqual({ kind: 'unchanged' });
  });

  it('fetches the page of an item that is only a summary, and names the page in the custody', async () => {
    server.serve(
      '/feed',
      feedOf(rssOf([{ guid: '2', link: url('/page'), day: 20, description: 'The road is shut, and…' }])),
    );
    server.serve('/page', answer(302, '', { location: '/2023/page' }));
    server.serve('/2023/page', htmlOf(pageOf(article('It is on its page.'))));
    const source = await desk.register(url('/feed'));
    const { statements, pages } = await desk.poll(source);
    expect(pages).toEqual({ fetchedCount: 1, failedCount: 0 });
    await expect(desk.statement(statements[0]!.statementId)).resolves.toMatchObject({
      url: url('/page'),
      body: article('It is on its page.').join('\n'),
      custody: { bytesOf: 'response', fetch: { url: url('/page'), finalUrl: url('/2023/page') } },
    });
    expect(server.asked[0]!.headers['user-agent']).toMatch(/^CorridorWatch\/\d/);
  });

  it('takes the summary where robots.txt keeps it from the page', async () => {
    const summary = 'The Lachin corridor is shut, the ministry said.';
    server.serve('/robots.txt', answer(200, 'User-agent: CorridorWatch\nDisallow: /private'));
    server.serve(
      '/feed',
      feedOf(rssOf([{ guid: '3', link: url('/private/1'), day: 20, description: summary }])),
    );
    const source = await desk.register(url('/feed'));
    const { statements, pages } = await desk.poll(source);
    expect(pages).toEqual({ fetchedCount: 1, failedCount: 1 });
    expect(server.askedFor('/private/1')).toHaveLength(0);
    await expect(desk.statement(statements[0]!.statementId)).resolves.toMatchObject({
      body: summary,
      custody: { fetch: { url: url('/feed') } },
    });
  });

  it('sends a summary again that was corrected, and the whole text when the feed comes to give it', async () => {
    const entry = { guid: 'kept away', link: url('/private/2'), day: 20 };
    const bodyOf = async (feed: string): Promise<unknown> => {
      server.serve('/feed', feedOf(feed));
      const { statements } = await desk.poll(source);
      return (await desk.statement(statements[0]!.statementId)).body;
    };
    server.serve('/robots.txt', answer(200, 'User-agent: *\nDisallow: /private'));
    const source = await desk.register(url('/feed'));
    const [first, second] = ['The road is shut today.', 'The road is open today.'];
    await expect(bodyOf(rssOf([{ ...entry, description: first }]))).resolves.toBe(first);
    await expect(bodyOf(rssOf([{ ...entry, description: second }]))).resolves.toBe(second);
    const whole = article('The road is open, in full.');
    await expect(bodyOf(rssOf([{ ...entry, content: whole }]))).resolves.toBe(whole.join('\n'));
  });

  it('of a source that is removed meanwhile leaves nothing behind', async () => {
    const asked = Promise.withResolvers<() => void>();
    server.serve('/feed', (_request, response) => {
      asked.resolve(() => response.end(rssOf([{ guid: '1', day: 20, content: article('Too late.') }])));
    });
    const source = await desk.register(url('/feed'));
    const polling = scene.send<{ type: string }>('POST', `/v1/sources/${source.id}/poll`);
    const answerNow = await asked.promise;
    await desk.remove(source);
    answerNow();
    await expect(polling).resolves.toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/source_lease_lost$/) as string },
    });
    const { rows } = await scene.pool.query('SELECT 1 FROM ingestion.source_item WHERE source = $1', [
      source.id,
    ]);
    expect(rows).toEqual([]);
  });

  it('waits for a page that fails, and takes the summary when it goes on failing', async () => {
    const summary = 'The Lachin corridor is shut, the ministry said on its page.';
    server.serve('/feed', feedOf(rssOf([{ guid: '4', link: url('/4'), day: 20, description: summary }])));
    server.serve('/4', answer(500));
    const source = await desk.register(url('/feed'));
    await expect(desk.poll(source)).resolves.toMatchObject({ statements: [], pages: { failedCount: 1 } });
    expect((await desk.view(source)).health).toMatchObject({ state: 'ok', itemsWaiting: 1, pagesFailing: 1 });
    await desk.makePagesDue(source);
    await expect(desk.poll(source)).resolves.toMatchObject({ statements: [] });
    await desk.makePagesDue(source);
    const { statements } = await desk.poll(source);
    await expect(desk.statement(statements[0]!.statementId)).resolves.toMatchObject({ body: summary });
  });

  it('sends the corrected text of an item again, from the feed or from its page', async () => {
    const entry = { guid: '5', link: url('/5'), day: 20, content: article('It says one thing.') };
    const summarized = { guid: '6', link: url('/6'), day: 20, description: 'In short.' };
    server.serve('/feed', feedOf(rssOf([entry, summarized])));
    server.serve('/6', htmlOf(pageOf(article('The page says one thing.')), { etag: '"1"' }));
    const source = await desk.register(url('/feed'));
    const first = (await desk.poll(source)).statements;
    expect(first).toHaveLength(2);
    const before = (path: string) => first.find((each) => each.url === url(path))!.statementId;
    server.serve(
      '/feed',
      feedOf(rssOf([{ ...entry, content: article('It says another thing.') }, summarized])),
    );
    const corrected = await desk.poll(source);
    expect(corrected.feed).toMatchObject({ newCount: 0, changedCount: 1 });
    expect(corrected.statements).toMatchObject([{ url: url('/5'), duplicate: false }]);
    expect((await desk.statement(corrected.statements[0]!.statementId)).revises).toBe(before('/5'));
    await desk.makePagesDue(source);
    server.serve('/6', htmlOf(pageOf(article('The page says another thing.'))));
    const { statements } = await desk.poll(source);
    expect(statements).toMatchObject([{ url: url('/6'), duplicate: false }]);
    const statement = await desk.statement(statements[0]!.statementId);
    expect(statement.body).toContain('The page says another thing.');
    expect(statement.revises).toBe(before('/6'));
    expect(server.askedFor('/6').at(-1)!.headers['if-none-match']).toBe('"1"');
  });

  it('sends nothing when a page changes around its article', async () => {
    server.serve('/feed', feedOf(rssOf([{ guid: '7', link: url('/7'), day: 20, description: 'In short.' }])));
    server.serve('/7', htmlOf(pageOf(article('The seventh.'))));
    const source = await desk.register(url('/feed'));
    await desk.poll(source);
    server.serve('/7', htmlOf(pageOf(article('The seventh.')).replace('Home', 'Other news')));
    await desk.makePagesDue(source);
    await expect(desk.poll(source)).resolves.toMatchObject({ pages: { fetchedCount: 1 }, statements: [] });
  });

  it('gives items that share one id a statement each, and a repeated item one', async () => {
    const twice = { guid: 'same', day: 20 };
    server.serve(
      '/feed',
      feedOf(
        rssOf([
          { ...twice, link: url('/a'), content: article('One of two.') },
          { ...twice, link: url('/b'), content: article('Two of two.') },
          { guid: 'other', link: url('/c'), day: 19, content: article('Told twice.') },
          { guid: 'other', link: url('/c'), day: 19, content: article('Told twice.') },
        ]),
      ),
    );
    const source = await desk.register(url('/feed'));
    expect((await desk.poll(source)).statements).toHaveLength(3);
    expect((await desk.poll(source)).statements).toEqual([]);
  });
});

describe('an item that disappears', () => {
  const entry = (day: number) => ({
    guid: `day ${day}`,
    link: url(`/${day}`),
    day,
    content: article(`It is day ${day}.`),
  });
  const marks = async (statementId: string) =>
    (await eventTypes(`statement-${statementId}`)).filter((type) => type.endsWith('appeared'));

  it('from the middle of the feed is marked, and marked again when it is back', async () => {
    server.serve('/feed', feedOf(rssOf([entry(3), entry(2), entry(1)])));
    const source = await desk.register(url('/feed'));
    const { statements } = await desk.poll(source);
    const { statementId } = statements.find(({ url: at }) => at === url('/2'))!;
    server.serve('/feed', feedOf(rssOf([entry(3), entry(1)])));
    expect((await desk.poll(source)).feed).toMatchObject({ disappearedCount: 1 });
    expect((await desk.poll(source)).feed).toMatchObject({ disappearedCount: 0 });
    await expect(marks(statementId)).resolves.toEqual(['StatementDisappeared']);
    expect((await desk.view(source)).health).toMatchObject({
      itemsDisappeared: 1,
      itemsListed: 2,
      itemsSeen: 3,
    });
    const statement = await desk.statement(statementId);
    expect(statement.body).toContain('It is day 2.');
    expect(statement.disappeared).toMatchObject([{ source: source.id, reason: 'not_listed' }]);
    const event = (await scene.ledger.readStream(`statement-${statementId}`)).at(-1)!;
    expect(event).toMatchObject({
      actor: `source:${source.id}`,
      payload: { reason: 'not_listed', url: url('/2') },
    });
    server.serve('/feed', feedOf(rssOf([entry(3), entry(2), entry(1)])));
    expect((await desk.poll(source)).feed).toMatchObject({ reappearedCount: 1, newCount: 0 });
    await expect(marks(statementId)).resolves.toEqual(['StatementDisappeared', 'StatementReappeared']);
    expect((await desk.statement(statementId)).disappeared).toEqual([]);
  });

  it('is found again by a source that was removed and registered again meanwhile', async () => {
    server.serve('/feed', feedOf(rssOf([entry(23), entry(22), entry(21)])));
    const source = await desk.register(url('/feed'));
    const { statements } = await desk.poll(source);
    const { statementId } = statements.find(({ url: at }) => at === url('/22'))!;
    server.serve('/feed', feedOf(rssOf([entry(23), entry(21)])));
    await desk.poll(source);
    await desk.remove(source);
    server.serve('/feed', feedOf(rssOf([entry(23), entry(22), entry(21)])));
    await desk.poll(await desk.register(url('/feed')));
    await expect(marks(statementId)).resolves.toEqual(['StatementDisappeared', 'StatementReappeared']);
  });

  it('off the end of the feed is none of it', async () => {
    server.serve('/feed', feedOf(rssOf([entry(12), entry(11)])));
    const source = await desk.register(url('/feed'));
    const { statements } = await desk.poll(source);
    server.serve('/feed', feedOf(rssOf([entry(13), entry(12)])));
    expect((await desk.poll(source)).feed).toMatchObject({ newCount: 1, disappearedCount: 0 });
    for (const { statementId } of statements) await expect(marks(statementId)).resolves.toEqual([]);
  });

  it.each([404, 410])(
    'with its page, a %d, is marked, and marked again when the page is back',
    async (status) => {
      const first = { ...entry(status % 31), guid: `page ${status}` };
      server.serve('/feed', feedOf(rssOf([first])));
      server.serve(`/${status % 31}`, htmlOf(pageOf(sentences)));
      const source = await desk.register(url('/feed'));
      const { statements } = await desk.poll(source);
      const { statementId } = statements[0]!;
      server.serve(`/${status % 31}`, answer(status));
      await desk.makePagesDue(source);
      await desk.poll(source);
      await desk.makePagesDue(source);
      await desk.poll(source);
      await expect(marks(statementId)).resolves.toEqual(['StatementDisappeared']);
      server.serve(`/${status % 31}`, htmlOf(pageOf(sentences)));
      await desk.makePagesDue(source);
      await desk.poll(source);
      await expect(marks(statementId)).resolves.toEqual(['StatementDisappeared', 'StatementReappeared']);
    },
  );

  it('is not taken for corrected when its page sends readers home', async () => {
    server.serve(
      '/feed',
      feedOf(rssOf([{ guid: 'home', link: url('/gone'), day: 20, description: html(['In short.']) }])),
    );
    server.serve('/gone', htmlOf(pageOf(article('Still there.'))));
    server.serve('/', htmlOf(pageOf(article('The front page of today.'))));
    const source = await desk.register(url('/feed'));
    expect((await desk.poll(source)).statements).toHaveLength(1);
    server.serve('/gone', answer(301, '', { location: '/' }));
    await desk.makePagesDue(source);
    await expect(desk.poll(source)).resolves.toMatchObject({ statements: [], pages: { failedCount: 1 } });
  });
});
