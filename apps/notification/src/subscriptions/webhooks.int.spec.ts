import { type Server } from 'node:http';
import { randomBytes } from 'node:crypto';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Webhook } from 'standardwebhooks';
import { issueKey } from '#access';
import { openLedgerFeed } from '#feed';
import { openLedger } from '#ledger';
import { closeHttpApp, createLogger, openPool } from '#platform';
import { createService } from '#service';
import { freshDatabase } from '../../../../test/harness/database.ts';
import { until } from '../../../../test/harness/until.ts';
import {
  answerStatus,
  openReceiver,
  type Script,
  type ScriptedReceiver,
} from '../../test/scripted-receiver.ts';
import { notificationSettings } from '../notification.config.ts';
import { notificationRole } from '../notification.migrations.ts';
import { NotificationModule } from '../notification.module.ts';
import { notificationOptions } from '../notification.options.ts';
import { notificationRefusals } from '../notification.refusals.ts';

interface Answer {
  readonly status: number;
  readonly body: AnswerBody;
}

/** The fields that the tests below read of any answer. */
interface AnswerBody {
  readonly id: string;
  readonly secret: string;
  readonly type: string;
  readonly state: string;
  readonly next: string;
  readonly items: readonly { readonly id: string; readonly sequence: number }[];
  readonly errors: readonly { readonly pointer: string }[];
  readonly attempts: readonly object[];
  readonly previousSecretsExpireAt: readonly string[];
  readonly parts: Readonly<Record<string, object>>;
}

import.meta.jest.setTimeout(20_000);

let app: NestFastifyApplication;
let authorization: string;
const cleanUps: (() => Promise<unknown>)[] = [];
const open: ScriptedReceiver[] = [];
const logged: string[] = [];

beforeAll(async () => {
  const database = await freshDatabase();
  const logger = createLogger('notification', 'trace', { write: (line) => void logged.push(line) });
  const pool = openPool({
    databaseUrl: database.url,
    role: notificationRole,
    applicationName: 'notification test',
    connectionsMax: 10,
  });
  const ledger = openLedger({ pool });
  const feed = openLedgerFeed({ ledger, pool, log: logger });
  const settings = notificationSettings({
    DATABASE_URL: database.url,
    KAFKA_BROKERS: 'unused:9092',
    WEBHOOK_ALLOW_LOOPBACK: 'true',
    WEBHOOK_SCHEDULE_SCALE: '0.01',
    WEBHOOK_RAMP_START_PER_SECOND: '200',
    WEBHOOK_ATTEMPT_TIMEOUT_MS: '1000',
    WEBHOOKS_MAX: '20',
  });
  const options = notificationOptions(settings, 'https://watch.example.org');
  const secretKey = randomBytes(32);
  app = await createService({
    logger,
    pool,
    publicRead: true,
    modules: [NotificationModule.with({ pool, ledger, feed, secretKey, options })],
    refusals: notificationRefusals,
  });
  await app.listen(0, '127.0.0.1');
  authorization = `Bearer ${(await issueKey(pool, 'desk', ['webhooks:manage'])).key}`;
  cleanUps.push(
    () => database.drop(),
    () => pool.end(),
    () => ledger.close(),
    () => feed.close(),
    () => closeHttpApp(app),
  );
});

afterEach(async () => {
  const { body } = await call('GET', '/v1/webhooks');
  for (const { id } of body.items) await call('DELETE', `/v1/webhooks/${id}`);
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

async function call(method: string, path: string, body?: unknown, key = authorization): Promise<Answer> {
  const server: Server = app.getHttpServer();
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: key, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text === '' ? '{}' : text) as AnswerBody };
}

async function receiver(script: Script = answerStatus(200, {}, 'thanks')): Promise<ScriptedReceiver> {
  const opened = await openReceiver(script);
  open.push(opened);
  return opened;
}

async function create(url: string, more: object = {}): Promise<{ id: string; secret: string }> {
  const { status, body } = await call('POST', '/v1/webhooks', {
    url,
    events: ['corridor.status.changed'],
    ...more,
  });
  expect(status).toBe(201);
  return body;
}

describe('POST /v1/webhooks', () => {
  it('shows the secret once and never again', async () => {
    const { url } = await receiver();
    const { id, secret } = await create(url, { headers: { authorization: 'Bearer hidden-token' } });
    expect(secret).toMatch(/^whsec_/);
    const one = await call('GET', `/v1/webhooks/${id}`);
    expect(one.body).toMatchObject({
      id,
      url,
      state: 'enabled',
      headerNames: ['authorization'],
      lastSequence: 0,
    });
    const seen = JSON.stringify([one.body, (await call('GET', '/v1/webhooks')).body]) + logged.join('\n');
    expect(seen).not.toContain(secret.slice('whsec_'.length));
    expect(seen).not.toContain('hidden-token');
  });

  it.each<[object, string]>([
    [{ url: 'http://127.0.0.1:1/', events: ['corridor.status.changed'], colour: 'red' }, '/colour'],
    [{ events: ['corridor.status.changed'] }, '/url'],
    [{ url: 'http://127.0.0.1:1/', events: [] }, '/events'],
    [{ url: 'http://127.0.0.1:1/', events: ['corridor.opened'] }, '/events/0'],
    [{ url: 'http://127.0.0.1:1/', events: ['claim.recorded'], minConfidence: 'huge' }, '/minConfidence'],
    [{ url: 'http://127.0.0.1:1/', events: ['claim.recorded'], secret: 'whsec_short' }, '/secret'],
  ])('refuses %j and names %s', async (input, pointer) => {
    const { status, body } = await call('POST', '/v1/webhooks', input);
    expect(status).toBe(400);
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer }));
  });

  it.each([
    ['https://10.0.0.1/', 'blocked_address'],
    ['https://169.254.169.254/latest', 'blocked_address'],
    ['https://intranet/', 'blocked_address'],
    ['http://0.0.0.0:3000/', 'blocked_address'],
    ['http://93.184.216.34/', 'url_refused'],
    ['https://user:pass@127.0.0.1/', 'url_refused'],
    ['https://does-not-exist.invalid/', 'dns_'],
  ])('refuses the URL %s: %s', async (url, code) => {
    const { status, body } = await call('POST', '/v1/webhooks', { url, events: ['claim.recorded'] });
    expect(status).toBe(422);
    expect(body.type).toContain(`urn:corridor-watch:problem:${code}`);
  });

  it('refuses a custom header that would forge ours', async () => {
    const { url } = await receiver();
    for (const headers of [{ host: 'a' }, { 'webhook-id': 'a' }, { 'x-a': 'b\r\nc: d' }]) {
      const answer = await call('POST', '/v1/webhooks', { url, events: ['claim.recorded'], headers });
      expect([answer.status, answer.body.type]).toEqual([422, 'urn:corridor-watch:problem:header_refused']);
    }
  });

  it('stops at the limit of the deployment', async () => {
    const { url } = await receiver();
    for (let count = 0; count < 20; count += 1) await create(url);
    const { status } = await call('POST', '/v1/webhooks', { url, events: ['claim.recorded'] });
    expect(status).toBe(409);
  });

  it('needs a key with the scope', async () => {
    expect((await call('GET', '/v1/webhooks', undefined, 'Bearer cw_0000000000000000000000')).status).toBe(
      401,
    );
  });
});

describe('PATCH and DELETE', () => {
  it('change what is given, check a new URL, and leave the rest', async () => {
    const { url } = await receiver();
    const { id } = await create(url, { corridors: ['lachin-corridor'], minConfidence: 'high' });
    const changed = await call('PATCH', `/v1/webhooks/${id}`, {
      minConfidence: null,
      events: ['claim.recorded'],
    });
    expect(changed.body).toMatchObject({
      url,
      minConfidence: null,
      events: ['claim.recorded'],
      corridors: ['lachin-corridor'],
    });
    expect((await call('PATCH', `/v1/webhooks/${id}`, { url: 'http://10.0.0.1/' })).status).toBe(422);
    expect((await call('PATCH', `/v1/webhooks/${id}`, {})).status).toBe(400);
    expect((await call('PATCH', `/v1/webhooks/${id}`, { enabled: true })).status).toBe(400);
  });

  it('remove a webhook with its log', async () => {
    const { url } = await receiver();
    const { id } = await create(url);
    const { body } = await call('POST', `/v1/webhooks/${id}/test`);
    expect((await call('DELETE', `/v1/webhooks/${id}`)).status).toBe(204);
    for (const path of [`webhooks/${id}`, `webhooks/${id}/deliveries`, `deliveries/${body.id}`]) {
      expect((await call('GET', `/v1/${path}`)).status).toBe(404);
    }
    expect((await call('DELETE', `/v1/webhooks/${id}`)).status).toBe(404);
  });
});

describe('POST …/test', () => {
  it('sends a signed webhook.test and answers with its attempt', async () => {
    const { url, requests } = await receiver();
    const { id, secret } = await create(url);
    const { status, body } = await call('POST', `/v1/webhooks/${id}/test`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      type: 'webhook.test',
      state: 'delivered',
      sequence: 1,
      attempts: [{ number: 1, outcome: 'delivered', status: 200, responseExcerpt: 'thanks' }],
    });
    const { headers, body: sent } = requests[0]!;
    expect(new Webhook(secret).verify(sent.toString(), headers)).toMatchObject({ type: 'webhook.test' });
  });

  it('answers with the failure when the receiver fails', async () => {
    const { url } = await receiver(answerStatus(500));
    const { id } = await create(url);
    const { body } = await call('POST', `/v1/webhooks/${id}/test`);
    expect(body.attempts.at(-1)).toMatchObject({ outcome: 'failed', errorCode: 'http_500' });
  });
});

describe('POST …/rotate-secret', () => {
  it('signs with both secrets for the overlap, and at once with the new one alone without', async () => {
    const { url, requests } = await receiver();
    const { id, secret: first } = await create(url);
    const { body: second } = await call('POST', `/v1/webhooks/${id}/rotate-secret`);
    expect(second.previousSecretsExpireAt).toHaveLength(1);
    await call('POST', `/v1/webhooks/${id}/test`);
    const both = requests.at(-1)!;
    for (const secret of [first, second.secret]) {
      expect(() => new Webhook(secret).verify(both.body.toString(), both.headers)).not.toThrow();
    }
    const { body: third } = await call('POST', `/v1/webhooks/${id}/rotate-secret`, { overlapSeconds: 0 });
    await call('POST', `/v1/webhooks/${id}/test`);
    const one = requests.at(-1)!;
    expect(one.headers['webhook-signature']!.split(' ')).toHaveLength(1);
    expect(() => new Webhook(third.secret).verify(one.body.toString(), one.headers)).not.toThrow();
  });
});

describe('a disabled webhook', () => {
  async function disabledWithHeld(): Promise<{ id: string; receiver: ScriptedReceiver }> {
    const opened = await receiver();
    const { id } = await create(opened.url);
    await call('POST', `/v1/webhooks/${id}/test`);
    await call('POST', `/v1/webhooks/${id}/test`);
    const { body } = await call('PATCH', `/v1/webhooks/${id}`, { enabled: false });
    expect(body).toMatchObject({ state: 'disabled', disabledReason: 'manual' });
    return { id, receiver: opened };
  }

  it('refuses tests and redeliveries until it is enabled', async () => {
    const { id, receiver: opened } = await disabledWithHeld();
    const { body } = await call('GET', `/v1/webhooks/${id}/deliveries`);
    expect((await call('POST', `/v1/webhooks/${id}/test`)).status).toBe(409);
    expect((await call('POST', `/v1/deliveries/${body.items[0]!.id}/redeliver`)).status).toBe(409);
    const enabled = await call('POST', `/v1/webhooks/${id}/enable`, { held: 'deliver' });
    expect(enabled.body).toEqual({ id, dryRun: false, deliverCount: 0, discardCount: 0 });
    expect((await call('GET', `/v1/webhooks/${id}`)).body.state).toBe('enabled');
    expect(opened.requests).toHaveLength(2);
  });
});

describe('the delivery log', () => {
  it('is paged, newest first, and can be asked for one state', async () => {
    const { url } = await receiver();
    const { id } = await create(url);
    for (let count = 0; count < 3; count += 1) await call('POST', `/v1/webhooks/${id}/test`);
    const first = await call('GET', `/v1/webhooks/${id}/deliveries?limit=2`);
    expect(first.body.items.map(({ sequence }) => sequence)).toEqual([3, 2]);
    const second = await call('GET', `/v1/webhooks/${id}/deliveries?limit=2&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [{ sequence: 1 }], next: null });
    expect((await call('GET', `/v1/webhooks/${id}/deliveries?state=dead`)).body.items).toEqual([]);
    expect((await call('GET', `/v1/webhooks/${id}/deliveries?cursor=forged`)).status).toBe(400);
  });

  it('lets a receiver pull what it missed, byte for byte', async () => {
    const { url, requests } = await receiver();
    const { id } = await create(url);
    for (let count = 0; count < 3; count += 1) await call('POST', `/v1/webhooks/${id}/test`);
    const { body } = await call('GET', `/v1/webhooks/${id}/events?after=1`);
    expect(body.items).toEqual(
      requests.slice(1).map(({ headers, body: sent }) => ({
        sequence: Number(headers['webhook-sequence']),
        id: headers['webhook-id'],
        state: 'delivered',
        body: sent.toString(),
      })),
    );
  });

  it('redelivers the same message, marked as a replay', async () => {
    const { url, requests } = await receiver();
    const { id } = await create(url);
    const { body } = await call('POST', `/v1/webhooks/${id}/test`);
    const again = await call('POST', `/v1/deliveries/${body.id}/redeliver`);
    expect(again.status).toBe(202);
    await until('redelivered', () => requests.length === 2);
    expect(requests[1]!.headers).toMatchObject({
      'webhook-id': requests[0]!.headers['webhook-id'],
      'webhook-sequence': '1',
      'webhook-attempt': '2',
      'webhook-replay': 'true',
    });
    expect(requests[1]!.body).toEqual(requests[0]!.body);
  });
});

describe('the operations of the service', () => {
  it('tell how much waits', async () => {
    const ready = await call('GET', '/health/ready');
    expect(ready.status).toBe(200);
    expect(ready.body.parts['deliveries']).toMatchObject({
      ready: true,
      pendingCount: 0,
      failingLaneCount: 0,
    });
  });
});
