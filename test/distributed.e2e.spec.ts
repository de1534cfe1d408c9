import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ApiClient } from './harness/api-client.ts';
import { freshDatabase, type FreshDatabase } from './harness/database.ts';
import { freePort, ready, startApp, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';
import { blockedReport, openedReport } from './harness/valley-news.ts';
import { closeReceivers } from './harness/webhook-receiver.ts';
import {
  expectBlocked,
  loggedAsDelivered,
  postBlockedReport,
  statusAt,
  subscribe,
  verifiedDelivery,
} from './journey.ts';
import { sharedBroker } from './kafka/broker/shared-broker.ts';

/** The topology of docker-compose.yml, as processes: three services over Kafka, one port before them. */
const services = ['ingestion', 'blockade-status', 'notification'] as const;
type Service = (typeof services)[number];

const adminKey = `cw_${randomBytes(32).toString('base64url')}`;

let database: FreshDatabase;
let owner: pg.Client;
let logins: string[];
let settings: Record<Service | 'gateway', Record<string, string>>;
let running: Map<string, ServiceProcess>;
let api: ApiClient;

beforeEach(async () => {
  const brokers = sharedBroker().join(',');
  database = await freshDatabase();
  logins = [];
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  const ports = {
    ingestion: await freePort(),
    blockadeStatus: await freePort(),
    notification: await freePort(),
  };
  const common = {
    DATABASE_OWNER_URL: database.url,
    KAFKA_BROKERS: brokers,
    KAFKA_TOPIC: `e2e-${randomBytes(6).toString('hex')}`,
    LOG_LEVEL: 'info',
  };
  settings = {
    ingestion: {
      ...common,
      DATABASE_URL: await limitedLogin('ingestion'),
      PORT: ports.ingestion,
      CORRIDOR_WATCH_ADMIN_KEY: adminKey,
    },
    'blockade-status': {
      ...common,
      DATABASE_URL: await limitedLogin('blockade_status'),
      PORT: ports.blockadeStatus,
    },
    notification: {
      ...common,
      DATABASE_URL: await limitedLogin('notification'),
      PORT: ports.notification,
      WEBHOOK_ALLOW_LOOPBACK: 'true',
    },
    gateway: {
      PORT: await freePort(),
      INGESTION_URL: `http://127.0.0.1:${ports.ingestion}`,
      BLOCKADE_STATUS_URL: `http://127.0.0.1:${ports.blockadeStatus}`,
      NOTIFICATION_URL: `http://127.0.0.1:${ports.notification}`,
    },
  };
  running = new Map();
  for (const service of services) start(service);
  const gateway = start('gateway');
  await Promise.all([...running.values()].map((service) => ready(service)));
  api = new ApiClient(gateway.origin, adminKey);
});

afterEach(async () => {
  await closeReceivers();
  const ending = [...running.values()];
  for (const service of ending) service.signal('SIGTERM');
  await Promise.all(ending.map(({ exited }) => exited));
  for (const login of logins) await owner.query(`DROP ROLE ${login}`);
  await owner.end();
  await database.drop();
});

/** A login of a service's own, as docker-compose.yml makes it. */
async function limitedLogin(service: string): Promise<string> {
  const url = new URL(database.url);
  url.username = `${service}_${url.pathname.slice(1)}`;
  url.password = 'only-for-this-test';
  await owner.query(`CREATE ROLE ${url.username} LOGIN PASSWORD '${url.password}'`);
  logins.push(url.username);
  return url.href;
}

function start(app: Service | 'gateway'): ServiceProcess {
  const service = startApp(app, settings[app]);
  running.set(app, service);
  return service;
}

async function killed(app: Service): Promise<void> {
  const service = running.get(app);
  service?.signal('SIGKILL');
  await service?.exited;
  running.delete(app);
}

it('makes the main journey with three services over Kafka, behind one port', async () => {
  const { receiver, secret, webhookId } = await subscribe(api);
  const { statementId, position } = await postBlockedReport(api);
  expectBlocked(await statusAt(new ApiClient(api.origin), position), statementId);
  const { notification } = await verifiedDelivery(receiver, secret, 1);
  expect(notification).toMatchObject({
    type: 'corridor.status.changed',
    data: { corridor: 'lachin-corridor', from: 'open', to: 'blocked' },
  });

  const again = await api.post('/v1/statements', blockedReport);
  expect(again).toMatchObject({ status: 200, body: { statementId, duplicate: true } });
  expect((await api.get<{ items: unknown[] }>('/v1/changes')).body.items).toHaveLength(1);
  await loggedAsDelivered(api, webhookId);
});

it('carries the trace of a request through Kafka into the webhook worker', async () => {
  const { receiver } = await subscribe(api);
  const traceId = randomBytes(16).toString('hex');
  const { body } = await api.post<{ position: number }>('/v1/statements', blockedReport, {
    traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
  });
  await statusAt(api, body.position);
  await until('the webhook arrives', () => receiver.received[0]);
  for (const service of services) {
    await until(`${service} logs the trace`, () => running.get(service)?.output().includes(traceId));
  }
});

it.each(services)(
  'loses nothing when %s is killed before, while and after a statement is worked on',
  async (victim) => {
    const { receiver, secret } = await subscribe(api);
    const first = await postBlockedReport(api);
    await killed(victim);
    await ready(start(victim));
    expectBlocked(await statusAt(api, first.position, 45_000), first.statementId);
    const one = await verifiedDelivery(receiver, secret, 1, 60_000);

    const second = await api.post<{ position: number }>('/v1/statements', openedReport);
    expect(second.status).toBe(201);
    await killed(victim);
    await ready(start(victim));
    expect(await statusAt(api, second.body.position, 45_000)).toMatchObject({ status: 'open' });
    // What was on its way when its worker was killed may come twice, but under one id; nothing may be missing.
    const last = await until(
      'the second change arrives',
      () => receiver.received.find(({ headers }) => headers['webhook-id'] !== one.id),
      { withinMs: 60_000 },
    );
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    expect(ids).toEqual(new Set([one.id, last.headers['webhook-id']]));
    // A decision comes back to the list over Kafka, and the webhook may be there before it.
    const changes = await until('the list has both changes', async () => {
      const { items } = (await api.get<{ items: unknown[] }>('/v1/changes')).body;
      return items.length >= 2 && items;
    });
    expect(changes).toHaveLength(2);
  },
);

it('serves what it can while a service is away, and says which one', async () => {
  await killed('ingestion');
  const refused = await api.post('/v1/statements', blockedReport);
  expect(refused.status).toBe(502);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect((await api.get('/v1/corridors')).status).toBe(200);
  const health = await api.get<{ ready: boolean; parts: Record<string, { ready: boolean }> }>(
    '/health/ready',
  );
  expect(health).toMatchObject({
    status: 503,
    body: { parts: { ingestion: { ready: false }, blockadeStatus: { ready: true } } },
  });
});

it('drains every service on SIGTERM and exits 0', async () => {
  await postBlockedReport(api);
  const ending = [...running.values()];
  for (const service of ending) service.signal('SIGTERM');
  expect(await Promise.all(ending.map(({ exited }) => exited))).toEqual([0, 0, 0, 0]);
});
