import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { type FastifyInstance } from 'fastify';
import { createGateway } from './gateway.ts';

interface Upstream {
  readonly url: string;
  close(): Promise<void>;
}

/** Answers with its name and what it was asked; on `/too-large` it refuses before it has read the body. */
async function upstream(name: string): Promise<Upstream> {
  const server: Server = createServer((request, response) => {
    if (request.url?.endsWith('/too-large')) {
      response.writeHead(413, { 'content-type': 'application/problem+json' }).end('{"status":413}');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(request.url?.endsWith('/teapot') ? 418 : 200, {
        'content-type': 'application/json',
        etag: '"1"',
      });
      const length = Buffer.concat(chunks).length;
      response.end(
        JSON.stringify({
          name,
          url: request.url,
          length,
          key: request.headers.authorization,
          from: request.headers['x-forwarded-for'],
          ready: true,
        }),
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

let upstreams: Record<'ingestion' | 'status' | 'notification', Upstream>;
let gateway: FastifyInstance;
let origin: string;

beforeEach(async () => {
  upstreams = {
    ingestion: await upstream('ingestion'),
    status: await upstream('status'),
    notification: await upstream('notification'),
  };
  gateway = await createGateway({
    PORT: 0,
    INGESTION_URL: upstreams.ingestion.url,
    BLOCKADE_STATUS_URL: upstreams.status.url,
    NOTIFICATION_URL: upstreams.notification.url,
    LOG_LEVEL: 'silent',
  });
  origin = await gateway.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(async () => {
  await gateway.close();
  await Promise.all(Object.values(upstreams).map((each) => each.close()));
});

it.each([
  ['POST', '/v1/statements', 'ingestion'],
  ['GET', '/v1/corridors/heron-pass/status?validAt=2023-01-01', 'status'],
  ['PUT', '/v1/corridors/heron-pass', 'ingestion'],
  ['DELETE', '/v1/webhooks/1', 'notification'],
])('hands %s %s to its owner as it is, and the answer back', async (method, path, name) => {
  const answer = await fetch(`${origin}${path}`, { method, headers: { authorization: 'Bearer cw_key' } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('etag')).toBe('"1"');
  expect(await answer.json()).toMatchObject({ name, url: path, key: 'Bearer cw_key' });
});

it('tells who asks, and not whom the asker claims to be', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.9' };
  const answer = await fetch(`${origin}/v1/statements/1`, { headers });
  expect(await answer.json()).toMatchObject({ from: '127.0.0.1' });
});

it('hands a status on that is not its own', async () => {
  expect((await fetch(`${origin}/v1/corridors/teapot`)).status).toBe(418);
});

it('lets a body through that is larger than it would read itself', async () => {
  const body = 'a'.repeat(12_000_000);
  const headers = { 'content-type': 'application/x-ndjson' };
  const answer = await fetch(`${origin}/v1/statements/batch`, { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ name: 'ingestion', length: body.length });
});

it('hands a refusal on that comes before the body was read', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = 'a'.repeat(10_000_000);
  const answer = await fetch(`${origin}/v1/statements/too-large`, { method: 'POST', headers, body });
  expect(answer.status).toBe(413);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
});

it('says with a problem document when a service cannot be reached, and serves the others', async () => {
  await upstreams.notification.close();
  const answer = await fetch(`${origin}/v1/webhooks`);
  expect(answer.status).toBe(502);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ type: 'urn:corridor-watch:problem:service_unreachable' });
  expect((await fetch(`${origin}/v1/changes`)).status).toBe(200);
});

it('is ready when all three are, and names the one that is not', async () => {
  expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
  await upstreams.status.close();
  const answer = await fetch(`${origin}/health/ready`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    ready: false,
    parts: { ingestion: { ready: true }, blockadeStatus: { ready: false } },
  });
  expect((await fetch(`${origin}/health/live`)).status).toBe(200);
});

it('refuses a malformed address with a problem document', async () => {
  const answer = await fetch(`${origin}/v1/corridors/%E0%A4`);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

it('closes although a client keeps a connection open on which it asks nothing', async () => {
  const silent = connect(Number(new URL(origin).port), '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  silent.resume();
  const ended = new Promise((resolve) => silent.once('close', resolve));
  await gateway.close();
  await ended;
});
