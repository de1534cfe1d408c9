import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import {
  answer,
  closeWebServers,
  endless,
  feedOf,
  openWebServer,
  silence,
  type WebServer,
} from '../../../../test/harness/web-server.ts';
import { addressGuard, dnsResolver, type TargetPolicy } from '#address-guard';
import { type HarvestError } from '../harvest.error.ts';
import { fetchWithin, redirectTarget } from './fetch-within.ts';
import { type Fetched, type FetchLimits, type FetchRequest } from './fetched.ts';

const limits: FetchLimits = {
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  totalTimeoutMs: 10_000,
  wireBytesMax: 20_000,
  bodyBytesMax: 50_000,
  overflow: 'refuse',
  redirectsMax: 5,
};
const loopback: TargetPolicy = { allowHttp: true, allowLoopback: true, allowedAddresses: new Set() };
const userAgent = 'CorridorWatch/test (+https://watch.example)';
let server: WebServer;

beforeEach(async () => {
  server = await openWebServer();
});
afterEach(closeWebServers);

function get(
  path: string,
  {
    policy = loopback,
    own = {},
    ...more
  }: { policy?: TargetPolicy; own?: Partial<FetchLimits> } & Partial<FetchRequest> = {},
): Promise<Fetched> {
  const guard = addressGuard(policy, dnsResolver({ dnsTimeoutMs: 200, dnsServers: ['127.0.0.1:1'] }));
  const fetch = fetchWithin({ ...limits, ...own }, { guard, userAgent, now: () => 0 });
  const request = { url: `${server.origin}${path}`, accept: '*/*', acceptable: () => true, ...more };
  return fetch(request, new AbortController().signal);
}

async function codeOf(path: string, options: Parameters<typeof get>[1] = {}): Promise<string> {
  return get(path, options).then(
    ({ kind }) => kind,
    (error: unknown) => (error as HarvestError).code,
  );
}

describe('a fetch', () => {
  it('brings the bytes, their type, and the headers that tell what was served', async () => {
    server.serve(
      '/a',
      answer(200, 'text', {
        'content-type': 'Text/Plain; Charset="KOI8-R"',
        etag: '"1"',
        'set-cookie': 'a=b',
      }),
    );
    const fetched = await get('/a');
    expect(fetched).toMatchObject({
      kind: 'content',
      status: 200,
      bytes: Buffer.from('text'),
      mediaType: 'text/plain',
      charset: 'KOI8-R',
      finalUrl: `${server.origin}/a`,
      fetchedAt: '1970-01-01T00:00:00.000Z',
    });
    expect(fetched.headers).toMatchObject({ etag: '"1"' });
    expect(fetched.headers).not.toHaveProperty('set-cookie');
    expect(server.asked[0]!.headers['user-agent']).toBe(userAgent);
  });

  it('asks whether anything changed', async () => {
    server.serve('/a', answer(304));
    const since = 'Fri, 20 Jan 2023 12:00:00 GMT';
    await expect(get('/a', { etag: 'W/"7"', lastModified: since })).resolves.toMatchObject({
      kind: 'unchanged',
    });
    expect(server.asked[0]!.headers).toMatchObject({ 'if-none-match': 'W/"7"', 'if-modified-since': since });
  });

  it.each([
    [404, 'gone'],
    [410, 'gone'],
    [401, 'refused'],
    [451, 'refused'],
    [204, 'refused'],
    [500, 'failed'],
    [502, 'failed'],
  ])('tells what a %d means', async (status, kind) => {
    server.serve('/a', answer(status));
    await expect(get('/a')).resolves.toMatchObject({ kind, status });
  });

  it.each([429, 503])('hears how long a %d asks it to stay away', async (status) => {
    server.serve('/a', answer(status, '', { 'retry-after': '120' }));
    await expect(get('/a')).resolves.toMatchObject({ kind: 'busy', retryAfterMs: 120_000 });
  });

  it('does not read a body of a type that it has no use for', async () => {
    server.serve('/a', endless('x', 1, { 'content-type': 'video/mp4' }));
    await expect(codeOf('/a', { acceptable: (type) => type === 'text/html' })).resolves.toBe(
      'content_type_refused',
    );
  });
});

describe('a redirect', () => {
  it('is followed, and the last address is told', async () => {
    server.serve('/a', answer(301, '', { location: '/b' }));
    server.serve('/b', answer(307, '', { location: '/c#part' }));
    server.serve('/c', answer(200, 'there'));
    await expect(get('/a')).resolves.toMatchObject({
      kind: 'content',
      url: `${server.origin}/a`,
      finalUrl: `${server.origin}/c`,
    });
  });

  it('to a private address is refused before anything is dialled', async () => {
    const victim = await openWebServer();
    const port = new URL(victim.origin).port;
    for (const location of [
      'http://10.0.0.1/',
      'http://169.254.169.254/latest',
      'http://[::ffff:10.1.1.1]/',
      'http://intranet/',
    ]) {
      server.serve('/a', answer(302, '', { location }));
      await expect(codeOf('/a')).resolves.toBe('blocked_address');
    }
    // A host that may be dialled itself opens no other.
    const only = new URL(server.origin).hostname;
    server.serve('/a', answer(302, '', { location: `http://127.0.0.2:${port}/` }));
    const policy = { ...loopback, allowLoopback: false, allowedAddresses: new Set([only]) };
    await expect(codeOf('/a', { policy })).resolves.toBe('blocked_address');
    expect(victim.asked).toHaveLength(0);
  });

  it('that leads in a circle, too far or nowhere is given up', async () => {
    server.serve('/loop', answer(302, '', { location: '/loop2' }));
    server.serve('/loop2', answer(302, '', { location: '/loop' }));
    await expect(codeOf('/loop')).resolves.toBe('redirect_loop');
    for (let at = 0; at < 8; at += 1) server.serve(`/${at}`, answer(302, '', { location: `/${at + 1}` }));
    await expect(codeOf('/0')).resolves.toBe('too_many_redirects');
    expect(server.askedFor('/6')).toHaveLength(0);
    server.serve('/nowhere', answer(302));
    await expect(codeOf('/nowhere')).resolves.toBe('redirect_broken');
    server.serve('/file', answer(302, '', { location: 'file:///etc/passwd' }));
    await expect(codeOf('/file')).resolves.toBe('url_refused');
  });
});

describe('a redirect from https', () => {
  const to = (location: string) => () =>
    redirectTarget('https://example.org/a', { status: 301, headers: { location } });

  it('stays within https', () => {
    expect(to('https://example.net/b')()).toBe('https://example.net/b');
    expect(to('//example.net/b')()).toBe('https://example.net/b');
    expect(to('http://example.org/a')).toThrow(
      expect.objectContaining({ code: 'redirect_downgrade' }) as Error,
    );
  });
});

describe('a body', () => {
  const text = Buffer.from('news '.repeat(1_000));

  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['identity', text],
  ])('coded as %s is decoded', async (encoding, body) => {
    server.serve('/a', feedOf(body, { 'content-encoding': encoding }));
    await expect(get('/a')).resolves.toMatchObject({ kind: 'content', bytes: text });
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(10_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
    ['zstd', zstdCompressSync(Buffer.alloc(50_000_000))],
    ['deflate', deflateSync(Buffer.alloc(10_000_000))],
  ])('that expands too far by %s is cut off', async (encoding, bomb) => {
    server.serve('/a', feedOf(bomb, { 'content-encoding': encoding }));
    const before = process.memoryUsage().arrayBuffers;
    await expect(codeOf('/a')).resolves.toBe('expands_too_far');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  it.each([
    ['gzip', Buffer.from('no gzip at all')],
    ['gzip', gzipSync(text).subarray(0, 40)],
    ['br', Buffer.from('no brotli at all')],
  ])('that is broken %s says so', async (encoding, body) => {
    server.serve('/a', feedOf(body, { 'content-encoding': encoding }));
    await expect(codeOf('/a')).resolves.toBe('encoding_broken');
  });

  it.each(['gzip, gzip', 'compress', 'aes128gcm'])('coded as %s is not unpacked', async (encoding) => {
    server.serve('/a', feedOf(gzipSync(gzipSync(text)), { 'content-encoding': encoding }));
    await expect(codeOf('/a')).resolves.toBe('encoding_refused');
  });

  it('larger than the limit is refused, or cut where its beginning is enough', async () => {
    server.serve('/a', feedOf(Buffer.alloc(40_000, 'a')));
    await expect(codeOf('/a')).resolves.toBe('too_large');
    const own = { overflow: 'cut', bodyBytesMax: 1_000 } as const;
    await expect(get('/a', { own })).resolves.toMatchObject({ bytes: Buffer.alloc(1_000, 'a') });
  });

  it('that never ends is left at the limit', async () => {
    server.serve('/a', endless(Buffer.alloc(4_000), 1));
    await expect(codeOf('/a')).resolves.toBe('too_large');
  });

  it('that trickles is left at the time limit, one that stops at the idle limit', async () => {
    server.serve('/trickle', endless('a', 50));
    await expect(codeOf('/trickle', { own: { totalTimeoutMs: 800 } })).resolves.toBe('timeout');
    server.serve('/stop', (_request, response) => void response.writeHead(200).write('begun'));
    await expect(codeOf('/stop', { own: { idleTimeoutMs: 200 } })).resolves.toBe('idle_timeout');
  });

  it('that breaks off before its announced end is none', async () => {
    server.serve('/a', (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('begun');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(codeOf('/a')).resolves.toBe('broken_off');
  });
});

describe('a server', () => {
  it('that never answers is left at the time limit of the head', async () => {
    server.serve('/a', silence);
    const startedAt = performance.now();
    await expect(codeOf('/a', { own: { headersTimeoutMs: 200 } })).resolves.toBe('timeout');
    expect(performance.now() - startedAt).toBeLessThan(limits.totalTimeoutMs);
  });

  it('that does not speak HTTP gives a code, as does a closed port', async () => {
    server.serve('/a', (request) => request.socket.end('SSH-2.0-x\r\n'));
    await expect(codeOf('/a')).resolves.toBe('protocol_error');
    await server.close();
    await expect(codeOf('/a')).resolves.toBe('connect_refused');
  });

  it('on loopback is out of reach unless loopback is allowed', async () => {
    await expect(codeOf('/a', { policy: { ...loopback, allowLoopback: false } })).resolves.toBe(
      'blocked_address',
    );
    expect(server.asked).toHaveLength(0);
  });
});

it('ends with the reason for which it was stopped', async () => {
  server.serve('/a', silence);
  const stop = new AbortController();
  const guard = addressGuard(loopback, () => Promise.reject(new Error('asked the DNS')));
  const fetch = fetchWithin(limits, { guard, userAgent });
  const fetching = fetch({ url: `${server.origin}/a`, accept: '*/*', acceptable: () => true }, stop.signal);
  stop.abort(new Error('the process ends'));
  await expect(fetching).rejects.toThrow('the process ends');
});
