import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { runningPostgresUrl } from '#embedded-postgres';
import { openLedger } from '#ledger';
import { coded, corridorCount, registered } from '../bench/coded-statements.ts';
import { ApiClient } from './harness/api-client.ts';
import { startCommand } from './harness/command-process.ts';
import { freePort, startApp, welcomed, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';

const adminKey = 'cw_auditors-and-their-replays-0123';
const statementCount = 16_000;

let folder: string;
let settings: Record<string, string>;
let service: ServiceProcess | null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-e2e-'));
  settings = { PORT: await freePort(), DATA_DIR: join(folder, 'data'), CORRIDOR_WATCH_ADMIN_KEY: adminKey };
  service = await welcomed(startApp('standalone', settings));
  await withDatabase(async (pool) => {
    await fill(pool);
    await until(
      'everything is projected',
      async () => {
        const { rows } = await pool.query<{ done: boolean }>(
          `SELECT bool_and(reached.position >= (SELECT position FROM ledger.head)) AS done FROM (
             SELECT projector, max(position) AS position FROM (
               SELECT projector, position FROM blockade_status.checkpoint
               UNION ALL SELECT projector, position FROM ingestion.checkpoint) AS held GROUP BY 1) AS reached`,
        );
        return rows[0]?.done === true;
      },
      { withinMs: 120_000, everyMs: 200 },
    );
  });
});

afterAll(async () => {
  service?.signal('SIGTERM');
  await service?.exited;
  await rm(folder, { recursive: true, force: true });
});

async function fill(pool: pg.Pool): Promise<void> {
  const ledger = openLedger({ pool });
  const cause = { actor: 'test', correlationId: 'test', causationId: null, traceparent: null };
  const append = (streamId: string, events: Parameters<typeof ledger.append>[0]['events']) =>
    ledger.append({ streamId, expectedVersion: 0, events, cause });
  for (let index = 0; index < corridorCount; index += 1)
    await append(`corridor-${index}`, [registered(index)]);
  for (let from = 0; from < statementCount; from += 1_000)
    await append(
      `test-${from}`,
      Array.from({ length: 1_000 }, (_, offset) => coded(from + offset)),
    );
  await ledger.close();
}

async function withDatabase<Result>(work: (pool: pg.Pool) => Promise<Result>): Promise<Result> {
  const url = await until('the database runs', () => runningPostgresUrl(join(folder, 'data/postgres')), {
    withinMs: 30_000,
  });
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

interface Report {
  readonly id: string;
  readonly state: string;
  readonly differences: readonly unknown[];
  readonly parts: readonly { readonly schema: string; readonly position: number; readonly events: number }[];
}

async function replayed(...args: readonly string[]): Promise<{ code: number | null; report: Report }> {
  const { code, stdout, stderr } = await startCommand('replay', settings, '--json', ...args).ended;
  if (stdout === '') throw new Error(`replay ended with ${code}:\n${stderr}`);
  return { code, report: JSON.parse(stdout) as Report };
}

it('is identical beside the running service, by command and by request', async () => {
  const { code, report } = await replayed();
  expect({ code, state: report.state, differences: report.differences }).toEqual({
    code: 0,
    state: 'identical',
    differences: [],
  });
  const api = new ApiClient(service?.origin ?? '', adminKey);
  const { status, body } = await api.post<Report>('/v1/audit/replays', {});
  expect(status).toBe(202);
  await until(
    'the service has replayed, too',
    async () => (await api.get<Report>(`/v1/audit/replays/${body.id}`)).body.state === 'identical',
    { withinMs: 60_000, everyMs: 200 },
  );
});

it('ends with 1 where a row was edited, and names it', async () => {
  const status = (becomes: string, was: string) =>
    withDatabase((pool) =>
      pool.query('UPDATE blockade_status.corridor SET status = $1 WHERE corridor = $2 AND status = $3', [
        becomes,
        'bench-corridor-7',
        was,
      ]),
    );
  const { rows } = await withDatabase((pool) =>
    pool.query<{ status: string }>(
      `SELECT status FROM blockade_status.corridor WHERE corridor = 'bench-corridor-7'`,
    ),
  );
  const was = rows[0]?.status ?? '';
  await status('edited', was);
  const { code, stdout } = await startCommand('replay', settings).ended;
  await status(was, 'edited');
  expect(code).toBe(1);
  expect(stdout).toContain(
    `blockade_status.corridor (corridor bench-corridor-7): status is edited, replayed ${was}`,
  );
});

it.each([
  [['--to-position', '0'], 'a whole number from 1 on'],
  [['--to-position', '-1'], 'a whole number from 1 on'],
  [['--to-position', 'yesterday'], 'a whole number from 1 on'],
  [['--to-position', '999999999'], 'beyond the ledger'],
  [['--to-position', '5', '--switch'], 'leave out toPosition'],
  [['--from', '5'], 'unknown option'],
])('ends with 2 and one sentence for %j', async (args, sentence) => {
  const { code, stderr } = await startCommand('replay', settings, ...args).ended;
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
});

it('goes on after a kill -9 where it was, on the data of a service that is stopped', async () => {
  service?.signal('SIGTERM');
  await service?.exited;
  service = null;
  const running = startCommand('replay', settings);
  const reached = await withDatabase((pool) =>
    until(
      'it is half-way',
      async () => {
        const { rows } = await pool
          .query<{ position: string }>(
            `SELECT position FROM replay.part WHERE finished_at IS NULL AND schema_name = 'blockade_status' AND position > 0`,
          )
          .catch(() => ({ rows: [] }));
        return Number(rows[0]?.position ?? 0);
      },
      { withinMs: 60_000, everyMs: 5 },
    ).then((position) => {
      running.kill('SIGKILL');
      return position;
    }),
  );
  expect(await running.ended).toMatchObject({ code: null });
  expect(reached).toBeLessThan(statementCount);
  const { code, report } = await replayed();
  expect({ code, state: report.state }).toEqual({ code: 0, state: 'identical' });
  const part = report.parts.find(({ schema }) => schema === 'blockade_status');
  // Begun anew it would have read more events than there are.
  expect(part?.events).toBe(part?.position);
});

it('is cancelled by Ctrl-C, and ends with 2', async () => {
  const running = startCommand('replay', settings, '--json');
  await withDatabase((pool) =>
    until(
      'it is under way',
      async () => {
        const { rowCount } = await pool
          .query(`SELECT FROM replay.part WHERE state = 'rebuilding'`)
          .catch(() => ({ rowCount: 0 }));
        return (rowCount ?? 0) > 0;
      },
      { withinMs: 60_000, everyMs: 5 },
    ).then(() => {
      running.kill('SIGINT');
    }),
  );
  const { code, stdout } = await running.ended;
  expect({ code, state: (JSON.parse(stdout) as Report).state }).toEqual({ code: 2, state: 'cancelled' });
});
