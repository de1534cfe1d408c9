import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type EmbeddedPostgres } from '#embedded-postgres';
import { ApiClient } from './harness/api-client.ts';
import { freePort, ready, startApp, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';
import { blockedReport } from './harness/valley-news.ts';
import { postBlockedReport, statusAt } from './journey.ts';

const adminKey = `cw_${'a'.repeat(32)}`;

let folder: string;
let postgres: EmbeddedPostgres;
let service: ServiceProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-away-'));
  postgres = await startPostgres({ dataDir: join(folder, 'postgres') });
});

afterEach(async () => {
  service?.signal('SIGTERM');
  await service?.exited;
  service = null;
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

it('answers 503 while the database is away, and goes on by itself when it is back', async () => {
  const settings = {
    PORT: await freePort(),
    DATABASE_URL: postgres.url,
    CORRIDOR_WATCH_ADMIN_KEY: adminKey,
    LOG_LEVEL: 'fatal',
  };
  service = await ready(startApp('standalone', settings));
  const api = new ApiClient(service.origin, adminKey);
  const { position } = await postBlockedReport(api);
  await statusAt(api, position);

  const { port } = postgres;
  process.kill(postgres.pid, 'SIGKILL');
  await postgres.ended;
  for (const refused of [
    await api.get('/v1/corridors/lachin-corridor/status'),
    await api.post('/v1/statements', blockedReport),
    await api.get('/health/ready'),
  ]) {
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  }
  expect((await api.get('/health/live')).status).toBe(200);

  postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port });
  await until(
    'a statement goes in again',
    async () => (await api.post('/v1/statements', blockedReport)).status === 200,
    { withinMs: 10_000 },
  );
  const { body } = await api.post<{ position: number }>('/v1/statements', {
    ...blockedReport,
    publisher: 'Echo',
  });
  await statusAt(api, body.position);
});
