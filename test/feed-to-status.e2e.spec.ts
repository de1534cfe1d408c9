import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from './harness/api-client.ts';
import { freePort, startApp, welcomed, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';
import { blockedReport } from './harness/valley-news.ts';
import {
  closeWebServers,
  feedOf,
  htmlOf,
  openWebServer,
  silence,
  type WebServer,
} from './harness/web-server.ts';
import { closeReceivers } from './harness/webhook-receiver.ts';
import { expectBlocked, statusAt, subscribe, verifiedDelivery } from './journey.ts';

interface Source {
  readonly id: string;
  readonly health: {
    readonly state: string;
    readonly itemsReceived: number;
    readonly lastAttemptAt: string | null;
  };
}

interface Polled {
  readonly feed: { readonly kind: string; readonly newCount: number };
  readonly statements: readonly { readonly statementId: string }[];
}

const adminKey = 'cw_feed-to-status-0123456789ab';
let folder: string;
let settings: Record<string, string>;
let service: ServiceProcess;
let api: ApiClient;
let server: WebServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-e2e-'));
  settings = {
    PORT: await freePort(),
    DATA_DIR: join(folder, 'data'),
    CORRIDOR_WATCH_ADMIN_KEY: adminKey,
    WEBHOOK_ALLOW_LOOPBACK: 'true',
    SOURCE_ALLOW_LOOPBACK: 'true',
    SOURCE_CONTACT: 'https://watch.example/about',
    SOURCE_HOST_DELAY_MS: '10',
    SOURCE_LEASE_MS: '2000',
  };
  server = await openWebServer();
  server.serve('/feed', feedOf(feedWith(`${server.origin}/road`)));
  server.serve('/road', htmlOf(page));
  await start();
});

afterEach(async () => {
  await Promise.all([closeReceivers(), closeWebServers()]);
  service.signal('SIGTERM');
  await service.exited;
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  service = await welcomed(startApp('standalone', settings));
  api = new ApiClient(service.origin, adminKey);
}

const paragraphs = blockedReport.body.split('\n').map((text) => `<p>${text}</p>`);
const page = `<!doctype html><html lang="en"><head><title>Valley Herald</title></head><body>
  <nav><a href="/">Home</a></nav><article><h1>${blockedReport.title}</h1>${paragraphs.join('\n')}</article></body></html>`;

function feedWith(link: string): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Valley Herald</title><item>
    <guid>1</guid><title>${blockedReport.title}</title><link>${link}</link>
    <pubDate>${new Date(blockedReport.publishedAt).toUTCString()}</pubDate>
    <description>Two capitals vowed to work together…</description></item></channel></rss>`;
}

async function register(): Promise<Source> {
  const { publisher, about } = blockedReport;
  const input = { feedUrl: `${server.origin}/feed`, publisher, everyMinutes: 60, about };
  const { status, body } = await api.post<Source>('/v1/sources', input);
  expect(status).toBe(201);
  return body;
}

it('turns an item of a feed into a status with its sentences, and a webhook', async () => {
  const { receiver, secret } = await subscribe(api);
  const { id } = await register();
  const { body: polled } = await api.post<Polled>(`/v1/sources/${id}/poll`);
  expect(polled).toMatchObject({ feed: { kind: 'read', newCount: 1 }, statements: [{ duplicate: false }] });
  const { statementId } = polled.statements[0]!;

  const { body: statement } = await api.get<{ body: string; custody: { position: number } }>(
    `/v1/statements/${statementId}`,
  );
  expect(statement).toMatchObject({
    body: blockedReport.body,
    url: `${server.origin}/road`,
    custody: { receivedFrom: `source:${id}`, fetch: { url: `${server.origin}/road`, status: 200 } },
  });
  expectBlocked(await statusAt(api, statement.custody.position), statementId);
  const { notification } = await verifiedDelivery(receiver, secret, 1);
  expect(notification).toMatchObject({ data: { corridor: 'lachin-corridor', from: 'open', to: 'blocked' } });
  expect(server.asked[0]!.headers['user-agent']).toMatch(
    /^CorridorWatch\/\S+ \(\+https:\/\/watch\.example\/about\)$/,
  );
});

it('polls by itself, also after it was killed in the middle of a poll', async () => {
  server.serve('/feed', silence);
  const { id } = await register();
  await until('the poll is under way', () => server.askedFor('/feed').length > 0);
  service.signal('SIGKILL');
  await service.exited;
  server.serve('/feed', feedOf(feedWith(`${server.origin}/road`)));
  await start();
  const { health } = await until(
    'the source is taken over and polled',
    async () => {
      const { body } = await api.get<Source>(`/v1/sources/${id}`);
      return body.health.itemsReceived === 1 && body;
    },
    { withinMs: 30_000 },
  );
  expect(health).toMatchObject({ state: 'ok', consecutiveFailures: 0 });
});
