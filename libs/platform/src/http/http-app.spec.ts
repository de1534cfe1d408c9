import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { createLogger } from '../logger.ts';
import { HealthRegistry } from '../operations/health.ts';
import { PlatformModule } from '../platform.module.ts';
import { startTracing } from '../tracing.ts';
import { createHttpApp } from './http-app.ts';
import { pageQuery, signedCursors } from './page.ts';

class TeapotError extends Error {
  readonly code = 'teapot';
}

const input = z.strictObject({ name: z.string().min(1), tags: z.array(z.string()).default([]) });
const query = z.strictObject({ ...pageQuery });

@Controller('things')
class ThingsController {
  @Post()
  make(@Body({ schema: input }) body: z.output<typeof input>) {
    return body;
  }

  @Get('teapot')
  teapot() {
    throw new TeapotError('It is a teapot.');
  }

  @Get('broken')
  broken() {
    throw new Error('SELECT secret FROM somewhere');
  }

  @Get()
  list(@Query({ schema: query }) { limit }: z.output<typeof query>) {
    return { items: [limit], next: 'onward' };
  }

  @Get(':id')
  byId(@Param('id', { schema: z.uuid() }) id: string) {
    return { id };
  }
}

@Module({})
class Root {}

const logged: string[] = [];
let app: NestFastifyApplication;

beforeAll(async () => {
  startTracing();
  app = await startApp();
});

afterAll(() => app.close());

async function startApp(): Promise<NestFastifyApplication> {
  const logger = createLogger('test', 'info', { write: (line: string) => void logged.push(line) });
  const started = await createHttpApp(
    {
      module: Root,
      imports: [PlatformModule.with({ logger, cursors: signedCursors(Buffer.alloc(32)), counters: [] })],
      controllers: [ThingsController],
    },
    { teapot: { status: 418, title: 'A teapot' } },
  );
  await started.init();
  await started.getHttpAdapter().getInstance().ready();
  return started;
}

async function post(payload: string | Buffer, contentType = 'application/json') {
  return app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': contentType } });
}

it('hands valid input on, with the defaults filled in', async () => {
  const answer = await post('{"name":"a"}');
  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toEqual({ name: 'a', tags: [] });
});

it.each([
  ['an unknown field', '{"name":"a","nam":"b"}', '/nam', 'is not a known field'],
  [
    'a wrong type deep inside',
    '{"name":"a","tags":["x",7]}',
    '/tags/1',
    'Invalid input: expected string, received number',
  ],
  ['no body at all', '', '', 'Invalid input: expected object, received undefined'],
])('refuses %s, naming the field by pointer', async (_, payload, pointer, message) => {
  const answer = await post(payload);
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({
    type: 'urn:corridor-watch:problem:invalid_input',
    errors: [{ pointer, message }],
  });
});

it.each([
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'application/json', 400, /not valid UTF-8/],
  ['text that is not JSON', '{"name":', 'application/json', 400, /not valid JSON/],
  ['a body beyond the limit', `{"name":"${'a'.repeat(8 * 1024 * 1024)}"}`, 'application/json', 413, /1 MiB/],
  ['another media type', 'name=a', 'application/x-www-form-urlencoded', 415, /Unsupported Media Type/],
  ['plain text', '{"name":"a"}', 'text/plain', 415, /Unsupported Media Type/],
])('refuses %s with a problem document', async (_, payload, contentType, status, detail) => {
  const answer = await post(payload, contentType);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json<{ detail: string }>().detail).toMatch(detail);
});

it('refuses a wrong path parameter and an unknown query parameter by name', async () => {
  expect((await app.inject('/things/7')).json()).toMatchObject({ status: 400, errors: [{ pointer: '/id' }] });
  expect((await app.inject('/things?limt=7')).json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/limt' }],
  });
  expect((await app.inject('/things?limit=1001')).json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/limit' }],
  });
});

it.each([
  ['a malformed URL', '/things/%E0%A4', 400],
  ['an over-long parameter', `/things/${'a'.repeat(400)}`, 414],
])('answers %s with a problem document', async (_, url, status) => {
  const answer = await app.inject(url);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ status });
});

it('answers an unknown route with a problem document', async () => {
  const answer = await app.inject('/nowhere');
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});

it('turns the code of a refusal into its status', async () => {
  expect((await app.inject('/things/teapot')).json()).toEqual({
    type: 'urn:corridor-watch:problem:teapot',
    title: 'A teapot',
    status: 418,
    detail: 'It is a teapot.',
  });
});

it('tells nothing of its insides when something breaks, and logs it', async () => {
  const answer = await app.inject('/things/broken');
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toMatch(/SELECT|at .*\.ts/);
  expect(logged.join('')).toContain('SELECT secret FROM somewhere');
});

it('answers 304 to a reader who has the answer already', async () => {
  const { headers } = await app.inject('/things');
  const again = await app.inject({ url: '/things', headers: { 'if-none-match': headers.etag! } });
  expect(again.statusCode).toBe(304);
  expect(again.body).toBe('');
});

it('links to the next page', async () => {
  const { headers } = await app.inject('/things?limit=5');
  expect(headers.link).toBe('</things?limit=5&cursor=onward>; rel="next"');
});

it('puts the trace of the request into its log line', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  await app.inject({ url: '/things', headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  expect(logged.at(-1)).toContain(traceId);
});

it('is live, ready and measured', async () => {
  expect((await app.inject('/health/live')).json()).toEqual({ status: 'live' });
  expect((await app.inject('/health/ready')).json()).toMatchObject({ ready: true });
  expect((await app.inject('/metrics')).body).toContain('http_request_duration_seconds_bucket');
});

it('begins nothing new while it shuts down, says when to come back, and is not ready', async () => {
  const closing = await startApp();
  try {
    closing.get(HealthRegistry).drain();
    const answer = await closing.inject('/things');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '1', connection: 'close' });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ type: 'urn:corridor-watch:problem:shutting_down', status: 503 });
    expect((await closing.inject('/health/live')).statusCode).toBe(200);
    expect((await closing.inject('/health/ready')).json()).toMatchObject({ ready: false, draining: true });
  } finally {
    await closing.close();
  }
});
