import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { runningPostgresUrl } from '#embedded-postgres';
import { ApiClient } from './harness/api-client.ts';
import { startCommand } from './harness/command-process.ts';
import { freePort, startApp, welcomed, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';
import { blockedReport } from './harness/valley-news.ts';
import { closeReceivers } from './harness/webhook-receiver.ts';
import { expectBlocked, postBlockedReport, statusAt, subscribe, verifiedDelivery } from './journey.ts';

const adminKey = 'cw_reviewers-and-recoders-0123';

let folder: string;
let settings: Record<string, string>;
let service: ServiceProcess;
let api: ApiClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-e2e-'));
  settings = {
    PORT: await freePort(),
    DATA_DIR: join(folder, 'data'),
    WEBHOOK_ALLOW_LOOPBACK: 'true',
    CORRIDOR_WATCH_ADMIN_KEY: adminKey,
  };
  service = await welcomed(startApp('standalone', settings));
  api = new ApiClient(service.origin, adminKey);
});

afterEach(async () => {
  await closeReceivers();
  service.signal('SIGTERM');
  await service.exited;
  await rm(folder, { recursive: true, force: true });
});

interface Claim {
  readonly claimId: string;
  readonly type: string;
  readonly status: string | null;
  readonly reviews: readonly { readonly position: number }[];
}

interface Report {
  readonly finished: boolean;
  readonly counts: { statements: number; recoded: number; added: object; gone: object; changed: object };
  readonly examples: readonly { kind: string; after: { quote: string } | null }[];
  readonly statuses: readonly { corridor: string; from: string; to: string }[] | null;
}

async function recoded(...args: readonly string[]): Promise<Report> {
  const { code, stdout, stderr } = await startCommand('recode', settings, '--json', ...args).ended;
  if (code !== 0) throw new Error(`recode ended with ${code}:\n${stderr}`);
  return JSON.parse(stdout) as Report;
}

async function review(claimId: string, decision: 'confirm' | 'reject'): Promise<number> {
  const { status, body } = await api.post<Claim>(`/v1/claims/${claimId}/review`, {
    decision,
    reviewer: 'Desk',
  });
  expect(status).toBe(200);
  return body.reviews.at(-1)?.position ?? 0;
}

it('a person’s word on its claims turns the status, and receivers are told', async () => {
  const { receiver, secret } = await subscribe(api);
  const { statementId, position } = await postBlockedReport(api);
  const then = await statusAt(api, position);
  expectBlocked(then, statementId);
  const { body: statement } = await api.get<{ claims: Claim[] }>(`/v1/statements/${statementId}`);
  const blocking = statement.claims.filter(({ status }) => status === 'blocked');

  let last = position;
  for (const { claimId } of blocking) last = await review(claimId, 'reject');
  expect(await statusAt(api, last)).toMatchObject({ status: 'open' });
  const asKnownBefore = await api.get(`/v1/corridors/lachin-corridor/status?knownAt=${then.asOf.position}`);
  expect(asKnownBefore.body).toMatchObject({ status: 'blocked' });

  last = await review(blocking[0]?.claimId ?? '', 'confirm');
  expect(await statusAt(api, last)).toMatchObject({ status: 'blocked' });
  const { notification } = await verifiedDelivery(receiver, secret, 2);
  expect(notification.data).toMatchObject({ from: 'blocked', to: 'open' });
  expect((await verifiedDelivery(receiver, secret, 3)).notification.data).toMatchObject({ to: 'blocked' });
});

it('codes again beside the running service, and nothing where the coder says the same', async () => {
  await postBlockedReport(api);
  const nothing = await recoded();
  expect(nothing.counts).toMatchObject({ statements: 1, recoded: 0, added: {}, gone: {}, changed: {} });

  await api.post('/v1/statements', {
    publisher: 'Valley Herald',
    publishedAt: '2023-01-21T08:00:00Z',
    body: 'The Hill tunnel is blocked, the United Nations said.',
  });
  await api.put('/v1/corridors/hill-tunnel', {
    name: 'Hill tunnel',
    baseline: { status: 'open', since: '2020-01-01' },
  });
  const preview = await recoded('--dry-run', '--corridor', 'hill-tunnel');
  expect(preview).toMatchObject({
    counts: { statements: 2, recoded: 1, added: { 'hill-tunnel': { status: 1 } } },
    statuses: [{ corridor: 'hill-tunnel', from: 'open', to: 'blocked' }],
    examples: [{ kind: 'added', after: { quote: 'The Hill tunnel is blocked, the United Nations said.' } }],
  });
  expect((await api.get('/v1/corridors/hill-tunnel/claims')).body).toMatchObject({ items: [] });

  expect(await recoded('--corridor', 'hill-tunnel')).toMatchObject({
    finished: true,
    counts: { recoded: 1 },
  });
  await until('the tunnel is known to be blocked', async () => {
    const { body } = await api.get('/v1/corridors/hill-tunnel/status');
    return body['status'] === 'blocked';
  });
});

it('goes on after a kill, and codes each statement once', async () => {
  const count = 600;
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      publisher: 'Valley Herald',
      publishedAt: '2023-01-21T08:00:00Z',
      // Of different words, so that none is a reprint of another.
      body: `${blockedReport.body}\nThe Hill tunnel is blocked. ${index} ${(index * 7919).toString(36)}.`,
    }),
  );
  await api.post('/v1/statements/batch', lines.join('\n'), { 'content-type': 'application/x-ndjson' });
  await api.put('/v1/corridors/hill-tunnel', { name: 'Hill tunnel' });
  const pool = new pg.Pool({
    connectionString: (await runningPostgresUrl(join(folder, 'data/postgres'))) ?? '',
    max: 1,
  });
  try {
    const killed = startCommand('recode', settings);
    await until('it is half-way', async () => {
      const { rowCount } = await pool
        .query('SELECT 1 FROM ingestion.recoding_run WHERE position > 0')
        .catch(() => ({ rowCount: 0 }));
      return rowCount === 1;
    });
    killed.kill();
    expect(await killed.ended).toMatchObject({ code: null, stdout: '' });
    expect(await recoded()).toMatchObject({ finished: true, counts: { statements: count, recoded: count } });
    expect((await recoded()).counts).toMatchObject({ recoded: 0 });
    const { rows } = await pool.query(
      `SELECT count(*)::int, count(DISTINCT stream_id)::int AS streams FROM ledger.event
       WHERE type = 'StatementCoded' AND key = 'hill-tunnel'`,
    );
    expect(rows).toEqual([{ count, streams: count }]);
  } finally {
    await pool.end();
  }
});
