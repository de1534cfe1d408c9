import {
  answer,
  closeWebServers,
  htmlOf,
  openWebServer,
  type WebServer,
} from '../../../../test/harness/web-server.ts';
import { addressGuard } from '#address-guard';
import { type Fetcher, type FetchLimits } from '../fetching/fetched.ts';
import { politeFetchers, type Politeness } from './polite.fetcher.ts';

const limits: FetchLimits = {
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  totalTimeoutMs: 10_000,
  wireBytesMax: 100_000,
  bodyBytesMax: 100_000,
  overflow: 'refuse',
  redirectsMax: 5,
};
const politeness: Politeness = { hostDelayMs: 0, crawlDelayMaxMs: 1_000 };
const guard = addressGuard({ allowHttp: true, allowLoopback: true, allowedAddresses: new Set() }, () =>
  Promise.reject(new Error('asked the DNS')),
);
let server: WebServer;
let nowMs: number;

beforeEach(async () => {
  nowMs = 0;
  server = await openWebServer();
  server.serve('/a', htmlOf('a'));
});
afterEach(closeWebServers);

function fetcher(own: Partial<Politeness> = {}, now: () => number = () => nowMs): Fetcher {
  const userAgent = 'CorridorWatch/1 (+https://watch.example)';
  return politeFetchers({ ...politeness, ...own }, limits, { guard, userAgent, now })({});
}

function get(fetch: Fetcher, path: string): Promise<string> {
  const request = { url: `${server.origin}${path}`, accept: '*/*', acceptable: () => true };
  return fetch(request, new AbortController().signal).then(
    ({ kind }) => kind,
    (error: unknown) => (error as { code: string }).code,
  );
}

describe('a polite fetcher', () => {
  it('stays away where robots.txt says so, and asks for that file once', async () => {
    server.serve('/robots.txt', answer(200, 'User-agent: CorridorWatch\nDisallow: /private'));
    server.serve('/private', htmlOf('secret'));
    const fetch = fetcher();
    await expect(Promise.all([get(fetch, '/private'), get(fetch, '/a'), get(fetch, '/a')])).resolves.toEqual([
      'robots_refused',
      'content',
      'content',
    ]);
    expect(server.askedFor('/private')).toHaveLength(0);
    expect(server.askedFor('/robots.txt')).toHaveLength(1);
  });

  it('asks the robots.txt of each host that a redirect leads to', async () => {
    const other = await openWebServer();
    other.serve('/robots.txt', answer(200, 'User-agent: *\nDisallow: /'));
    server.serve('/a', answer(302, '', { location: `${other.origin}/b` }));
    await expect(get(fetcher(), '/a')).resolves.toBe('robots_refused');
    expect(other.askedFor('/b')).toHaveLength(0);
  });

  it.each([404, 403, 401])('goes in where robots.txt is a %d', async (status) => {
    server.serve('/robots.txt', answer(status));
    await expect(get(fetcher(), '/a')).resolves.toBe('content');
  });

  it.each([500, 503, 429])(
    'stays away where robots.txt is a %d, and asks again before long',
    async (status) => {
      server.serve('/robots.txt', answer(status));
      const fetch = fetcher();
      await expect(get(fetch, '/a')).resolves.toBe('robots_unreachable');
      server.remove('/robots.txt');
      await expect(get(fetch, '/a')).resolves.toBe('robots_unreachable');
      nowMs += 11 * 60_000;
      await expect(get(fetch, '/a')).resolves.toBe('content');
    },
  );

  it('keeps rules for a day', async () => {
    const fetch = fetcher();
    await get(fetch, '/a');
    server.serve('/robots.txt', answer(200, 'User-agent: *\nDisallow: /'));
    nowMs += 23 * 3_600_000;
    await expect(get(fetch, '/a')).resolves.toBe('content');
    nowMs += 3_600_000;
    await expect(get(fetch, '/a')).resolves.toBe('robots_refused');
  });

  it('reads the beginning of an endless robots.txt', async () => {
    server.serve('/robots.txt', answer(200, `User-agent: *\nDisallow: /a\n${'# nothing\n'.repeat(200_000)}`));
    await expect(get(fetcher(), '/a')).resolves.toBe('robots_refused');
  });

  it('waits as long as robots.txt asks, and leaves a host alone that asks for too much', async () => {
    server.serve('/robots.txt', answer(200, 'User-agent: *\nCrawl-delay: 0.2'));
    const fetch = fetcher({}, Date.now);
    await get(fetch, '/a');
    await get(fetch, '/a');
    const [first, second] = server.askedFor('/a').map(({ at }) => at);
    expect(second! - first!).toBeGreaterThan(190);
    await expect(get(fetcher({ crawlDelayMaxMs: 100 }), '/a')).resolves.toBe('crawl_delay_too_long');
  });
});
