import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { runningPostgresUrl } from '#embedded-postgres';
import { openTrusted, parseSkey, parseTrustFile, parseVkey, formatTrustFile } from '#proofs';
import { Forger } from '../libs/ledger-check/test/forger.ts';
import { ApiClient } from './harness/api-client.ts';
import { type CommandEnd, startCommand } from './harness/command-process.ts';
import { freePort, ready, startApp, welcomed, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';
import { openedReport } from './harness/valley-news.ts';
import { postBlockedReport, statusAt } from './journey.ts';

const adminKey = 'cw_an-admin-key-for-the-audit-spec';

let folder: string;
let settings: Record<string, string>;
let running: ServiceProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corridor-watch-audit-'));
  running = [];
  settings = {
    PORT: await freePort(),
    DATA_DIR: join(folder, 'data'),
    CORRIDOR_WATCH_ADMIN_KEY: adminKey,
    XDG_STATE_HOME: join(folder, 'state'),
  };
});

afterEach(async () => {
  for (const each of running) each.signal('SIGTERM');
  await Promise.all(running.map(({ exited }) => exited));
  await rm(folder, { recursive: true, force: true });
});

async function start(
  more: Record<string, string> = {},
): Promise<{ service: ServiceProcess; api: ApiClient }> {
  const service = startApp('standalone', { ...settings, ...more });
  running.push(service);
  await welcomed(service);
  return { service, api: new ApiClient(service.origin, adminKey) };
}

async function stop(service: ServiceProcess): Promise<void> {
  running = running.filter((each) => each !== service);
  service.signal('SIGTERM');
  expect(await service.exited).toBe(0);
}

interface Log {
  readonly appended: number;
  readonly published: number;
  readonly vkey: string;
}

async function published(api: ApiClient): Promise<Log> {
  return until('all is published', async () => {
    const { body } = await api.get<Log>('/v1/audit/log');
    return body.published === body.appended && body;
  });
}

/** A report, the decision that follows, and the checkpoint over both. */
async function reported(api: ApiClient): Promise<Log> {
  const { position } = await postBlockedReport(api);
  await statusAt(api, position);
  return published(api);
}

async function exported(api: ApiClient, name: string, query = ''): Promise<string> {
  const { status, body } = await api.get<string>(`/v1/audit/export${query}`);
  expect(status).toBe(200);
  const file = join(folder, name);
  await writeFile(file, body);
  return file;
}

const run = (name: 'verify' | 'verify:ledger', ...args: readonly string[]): Promise<CommandEnd> =>
  startCommand(name, settings, ...args).ended;

/** As a superuser of the embedded Postgres, with every trigger off. */
async function asSuperuser(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const url = await runningPostgresUrl(join(settings['DATA_DIR'] ?? '', 'postgres'));
  const pool = new pg.Pool({ connectionString: url ?? '', max: 1 });
  const client = await pool.connect();
  try {
    await client.query('BEGIN; SET LOCAL session_replication_role = replica');
    await work(client);
    await client.query('COMMIT');
  } finally {
    client.release();
    await pool.end();
  }
}

it('exports what an auditor verifies offline, and what is found wanting once a row was edited', async () => {
  const { api } = await start();
  const { appended } = await reported(api);
  const bundle = await exported(api, 'before.ndjson');
  const corridor = await exported(api, 'corridor.ndjson', '?corridor=lachin-corridor');
  for (const [file, words] of [
    [bundle, `${appended} events`],
    [corridor, 'events of lachin-corridor'],
  ] as const) {
    const { code, stdout } = await run('verify', file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(words) as string });
  }
  expect(await run('verify:ledger')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Nothing was altered') as string,
  });

  await asSuperuser(async (client) => {
    await client.query(`UPDATE ledger.event SET actor = 'somebody-else' WHERE position = 3`);
  });
  const { code, stdout } = await run('verify:ledger', '--json');
  const report = JSON.parse(stdout) as { faults: unknown[] };
  expect({ code, fault: report.faults[0] }).toMatchObject({
    code: 1,
    fault: { code: 'event_altered', from: 3, to: 3 },
  });
  const after = await run('verify', await exported(api, 'after.ndjson'), '--json');
  expect(JSON.parse(after.stdout)).toMatchObject({ exitCode: 1, code: 'event_altered', position: 3 });
  expect(after.code).toBe(1);
  // What was exported before stays proof of what was there.
  expect((await run('verify', bundle)).code).toBe(0);
});

it('shows both signed heads when the history was written anew with the stolen key', async () => {
  const { service, api } = await start();
  const { vkey } = await reported(api);
  expect((await run('verify', await exported(api, 'before.ndjson'))).code).toBe(0);
  expect((await run('verify:ledger')).code).toBe(0);

  const stolen = parseSkey(
    (await readFile(join(settings['DATA_DIR'] ?? '', 'log/signing.key'), 'utf8')).trim(),
  );
  await asSuperuser(async (client) => {
    const forger = new Forger(client, stolen.verifierKey.name, stolen);
    await forger.run(`UPDATE ledger.event SET actor = 'somebody-else' WHERE position = 3`);
    await forger.cover('signatures');
  });
  // The log itself remembers what it signed last, beside its key, and signs nothing more.
  await api.post('/v1/statements', openedReport);
  await until('the log refuses to go on', async () => {
    const { body } = await api.get<{ parts: Record<string, { refusal?: unknown }> }>('/health/ready');
    return body.parts['transparency log']?.refusal != null;
  });
  const forged = await run('verify', await exported(api, 'forged.ndjson'));
  const ledger = await run('verify:ledger');
  for (const { code, stdout } of [forged, ledger]) {
    expect(code).toBe(3);
    expect(stdout.split(`— ${parseVkey(vkey).name} `)).toHaveLength(3);
  }
  await stop(service);
});

it('is cosigned by a witness, whom a verifier can demand', async () => {
  const first = await start();
  const { vkey } = await reported(first.api);
  const witnessPort = await freePort();
  const witness = startApp('witness', {
    PORT: witnessPort,
    WITNESS_DIR: join(folder, 'witness'),
    WITNESS_LOGS: vkey,
    WITNESS_NAME: 'witness.example/w1',
  });
  running.push(witness);
  await ready(witness);
  const witnessKey = /^ {2}(witness\.example\/w1\S+)$/m.exec(witness.output())?.[1] ?? '';
  await stop(first.service);

  const { api } = await start({ WITNESSES: `${witness.origin} ${witnessKey}` });
  await api.post('/v1/statements', openedReport);
  const { appended } = await published(api);
  const keys = (await api.get<string>('/v1/audit/keys')).body;
  const trust = { ...parseTrustFile(keys), witnesses: [parseVkey(witnessKey)] };
  await until('the witness has cosigned all', async () => {
    const { body } = await api.get<string>('/v1/audit/checkpoint');
    const { checkpoint, cosignatures } = openTrusted(body, trust);
    return checkpoint.size >= appended && cosignatures.length === 1;
  });
  const trustFile = join(folder, 'log.trust');
  await writeFile(trustFile, formatTrustFile(trust));
  const bundle = await exported(api, 'cosigned.ndjson');
  const { code, stdout } = await run('verify', '--trust', trustFile, '--cosignatures', '1', bundle);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('cosigned  by witness.example/w1') as string,
  });

  // Without it everything goes on.
  witness.signal('SIGKILL');
  await witness.exited;
  await api.put('/v1/publishers/Valley%20Herald', { reliability: 'B', kind: 'news', country: 'FR' });
  expect((await published(api)).published).toBeGreaterThan(appended);
});
