import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatSkey, formatVkey, openCheckpoint, parseVkey, signatureTypes, signerKey } from '#proofs';
import { freshDatabase, type FreshDatabase } from './harness/database.ts';
import { freePort, ready, startApp, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';
import { ApiClient } from './harness/api-client.ts';
import { newKey } from '#access';

const key = signerKey('log.example/corridors', signatureTypes.note, Buffer.alloc(32, 5));
const logKeys = [key.verifierKey];
const adminKey = newKey();

let database: FreshDatabase;
let folder: string;
let running: ServiceProcess[];

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'witnessed-log-'));
  running = [];
});

afterAll(async () => {
  for (const each of running) each.signal('SIGTERM');
  await Promise.all(running.map(({ exited }) => exited));
  await database.drop();
  await rm(folder, { recursive: true });
});

async function started(app: string, settings: Record<string, string>): Promise<ServiceProcess> {
  const service = startApp(app, settings);
  running.push(service);
  return ready(service);
}

it('has its checkpoints cosigned by the witness, goes on while it is gone, and catches up when it is back', async () => {
  const witnessPort = await freePort();
  const startWitness = () =>
    started('witness', {
      PORT: witnessPort,
      WITNESS_DIR: join(folder, 'witness'),
      WITNESS_LOGS: formatVkey(key.verifierKey),
    });
  const witness = await startWitness();
  const vkey = await until('the witness tells its key', () => /^ {2}(\S+)$/m.exec(witness.output())?.[1]);
  const witnesses = [parseVkey(vkey)];
  const service = await started('standalone', {
    PORT: await freePort(),
    DATABASE_URL: database.url,
    CORRIDOR_WATCH_ADMIN_KEY: adminKey,
    LOG_SIGNING_KEY: formatSkey(key),
    WITNESSES: `http://127.0.0.1:${witnessPort}/ ${vkey}`,
  });
  const api = new ApiClient(service.origin, adminKey);
  const head = async () => (await api.get<{ appended: number }>('/v1/audit/log')).body.appended;
  const cosigned = async (size: number) => {
    const { body, status } = await api.get<string>('/v1/audit/checkpoint?witnesses=1');
    if (status !== 200) return false;
    const opened = openCheckpoint(body, { log: logKeys, witnesses });
    return opened.checkpoint.size >= size && opened.cosignatures.length === 1;
  };
  const first = await head();
  await until('what is there is cosigned', () => cosigned(first));

  witness.signal('SIGKILL');
  await witness.exited;
  const grade = (reliability: string) =>
    api.put('/v1/publishers/Valley%20Herald', { reliability, kind: 'news', country: 'FR' });
  expect((await grade('B')).status).toBeLessThan(300);
  const second = await head();
  expect(second).toBeGreaterThan(first);
  await until('it is published all the same', async () => {
    const { published } = (await api.get<{ published: number }>('/v1/audit/log')).body;
    return published >= second;
  });
  const { witnesses: told } = (
    await api.get<{ witnesses: { lag: number; lastError: string | null }[] }>('/v1/audit/log')
  ).body;
  expect(told).toMatchObject([{ lag: second - first }]);

  await startWitness();
  await until('the witness has caught up', () => cosigned(second), { withinMs: 30_000 });
});
