import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from './harness/api-client.ts';
import { freePort, startApp, welcomed, type ServiceProcess } from './harness/service-process.ts';
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

let folder: string;
let settings: Record<string, string>;
let running: ServiceProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-e2e-'));
  settings = { PORT: await freePort(), DATA_DIR: join(folder, 'data'), WEBHOOK_ALLOW_LOOPBACK: 'true' };
});

afterEach(async () => {
  await closeReceivers();
  if (running !== null) await stop(running);
  await rm(folder, { recursive: true, force: true });
});

async function start(more: Record<string, string> = {}): Promise<ServiceProcess> {
  running = startApp('standalone', { ...settings, ...more });
  return welcomed(running);
}

async function stop(service: ServiceProcess): Promise<number | null> {
  running = null;
  service.signal('SIGTERM');
  return service.exited;
}

function adminKeyIn(output: string): string {
  const key = /cw_[\w-]{22,}/.exec(output)?.[0];
  if (key === undefined) throw new Error(`No admin key was printed:\n${output}`);
  return key;
}

it('takes a report in, tells the status with its sentences, and sends a signed webhook', async () => {
  const service = await start();
  const api = new ApiClient(service.origin, adminKeyIn(service.output()));
  const { receiver, secret, webhookId } = await subscribe(api);

  const { statementId, position } = await postBlockedReport(api);
  expectBlocked(await statusAt(new ApiClient(service.origin), position), statementId);
  const { notification } = await verifiedDelivery(receiver, secret, 1);
  expect(notification).toMatchObject({
    type: 'corridor.status.changed',
    data: { corridor: 'lachin-corridor', from: 'open', to: 'blocked' },
  });
  await loggedAsDelivered(api, webhookId);
});

it('changes nothing when the same text comes again, whatever else comes with it', async () => {
  const service = await start();
  const api = new ApiClient(service.origin, adminKeyIn(service.output()));
  const first = await postBlockedReport(api);
  const before = await statusAt(api, first.position);

  const again = await api.post('/v1/statements', { ...blockedReport, title: 'Another title' });
  expect(again.status).toBe(200);
  expect(again.body).toEqual({ ...first, duplicate: true });
  expect((await statusAt(api, first.position)).evidence).toEqual(before.evidence);
  expect((await api.get<{ items: unknown[] }>('/v1/changes')).body.items).toHaveLength(1);
});

it('keeps everything when it is killed, and shows the admin key only once', async () => {
  const first = await start();
  const api = new ApiClient(first.origin, adminKeyIn(first.output()));
  const { receiver, secret } = await subscribe(api);
  const { statementId, position } = await postBlockedReport(api);
  first.signal('SIGKILL');
  await first.exited;

  const second = await start();
  expect(second.output()).not.toMatch(/cw_[\w-]{22,}/);
  expectBlocked(await statusAt(api, position), statementId);
  const one = await verifiedDelivery(receiver, secret, 1);
  const { body: next } = await api.post<{ position: number }>('/v1/statements', openedReport);
  expect(await statusAt(api, next.position)).toMatchObject({ status: 'open' });
  // The kill may have come between the receiver's 204 and our note of it: then the first comes twice, under one id.
  const last = await verifiedDelivery(
    receiver,
    secret,
    receiver.received.length > 1 ? receiver.received.length : 2,
  );
  const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  expect(ids).toEqual(new Set([one.id, last.id]));
  expect(await stop(second)).toBe(0);
});

it('drains on SIGTERM, exits 0 and leaves no process behind', async () => {
  const service = await start();
  const api = new ApiClient(service.origin, adminKeyIn(service.output()));
  const posts = Array.from({ length: 20 }, (_, index) =>
    api.post('/v1/statements', { ...blockedReport, body: `${blockedReport.body}\nEdition ${index}.` }),
  );
  await posts[0];
  expect(await stop(service)).toBe(0);
  const settled = await Promise.allSettled(posts);
  const answered = settled.flatMap((post) => (post.status === 'fulfilled' ? [post.value.status] : []));
  // One that came while the service was draining is told so; none is left without a clear answer.
  for (const status of answered) expect([201, 503]).toContain(status);
  const acknowledgedCount = answered.filter((status) => status === 201).length;
  // The embedded Postgres would still hold its directory.
  const again = await start();
  await until('the list holds every acknowledged statement', async () => {
    const { body } = await api.get<{ items: unknown[] }>('/v1/statements?limit=1000');
    return body.items.length >= acknowledgedCount;
  });
  expect(await stop(again)).toBe(0);
});

it('leaves no process behind when it is stopped while it starts', async () => {
  const service = startApp('standalone', settings);
  await until('the embedded Postgres has begun', () =>
    existsSync(join(folder, 'data/postgres/cluster/postmaster.pid')),
  );
  service.signal('SIGINT');
  expect(await service.exited).toBe(0);
  // A Postgres that is left running keeps its pid file.
  expect(existsSync(join(folder, 'data/postgres/cluster/postmaster.pid'))).toBe(false);
});

describe('says in one sentence why it cannot start', () => {
  async function lastWords(more: Record<string, string>): Promise<string> {
    const service = startApp('standalone', { ...settings, ...more });
    expect(await service.exited).toBe(1);
    const words = service.output().trim();
    expect(words.split('\n')).toHaveLength(1);
    return words;
  }

  it('when the port is taken', async () => {
    const neighbour = createServer();
    await new Promise<void>((resolve) => {
      neighbour.listen(Number(settings['PORT']), '127.0.0.1', resolve);
    });
    expect(await lastWords({})).toMatch(/^Port \d+ on 127\.0\.0\.1 is taken; choose another with PORT\.$/);
    await new Promise((resolve) => {
      neighbour.close(resolve);
    });
  });

  it('when the data directory cannot be written', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    expect(await lastWords({ DATA_DIR: join(file, 'data') })).toMatch(/^DATA_DIR .* cannot be written/);
  });

  it.each([
    [{ PORT: '70000' }, /^Cannot start: PORT must be a whole number from 1 to 65535\.$/],
    [{ PUBLIC_READ: 'perhaps' }, /^Cannot start: PUBLIC_READ must be "true" or "false"\.$/],
    [{ CORRIDOR_WATCH_ADMIN_KEY: 'secret' }, /^Cannot start: CORRIDOR_WATCH_ADMIN_KEY must be "cw_"/],
    [{ DATABASE_URL: 'mysql://localhost' }, /^Cannot start: DATABASE_URL must be a postgres:\/\/ URL\.$/],
    [{ LOG_LEVEL: 'loud' }, /^Cannot start: LOG_LEVEL must be one of fatal, error/],
  ])('when a setting is wrong: %j', async (wrong, sentence) => {
    expect(await lastWords(wrong)).toMatch(sentence);
  });

  it('when another process uses the data directory', async () => {
    await start();
    expect(await lastWords({ PORT: await freePort() })).toMatch(/in use by the running process \d+/);
  });
});
