import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint, formatVkey, parseVkey } from '#proofs';
import { originHash } from '../apps/witness/src/head.store.ts';
import { smallLog } from '../apps/witness/test/small-log.ts';
import { freePort, ready, startApp, type ServiceProcess } from './harness/service-process.ts';
import { until } from './harness/until.ts';

const origin = 'ledger.example/valley';
const log = smallLog(origin);
const forged = smallLog(origin, { history: 'as it should be', common: 3 });
const trusted = formatVkey(log.key.verifierKey);

let directory: string;
let running: ServiceProcess[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'witness-'));
  running = [];
});

afterEach(async () => {
  for (const each of running) each.signal('SIGKILL');
  await Promise.all(running.map(({ exited }) => exited));
  rmSync(directory, { recursive: true });
});

async function launched(settings: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  const port = await freePort();
  const process = startApp('witness', {
    PORT: port,
    WITNESS_DIR: directory,
    WITNESS_LOGS: trusted,
    ...settings,
  });
  running.push(process);
  return process;
}

const started = async (): Promise<ServiceProcess> => ready(await launched());

async function submit({ origin: url }: ServiceProcess, body: string) {
  const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

async function latestSize({ origin: url }: ServiceProcess): Promise<number> {
  const answer = await fetch(`${url}/${originHash(origin)}/checkpoint`);
  if (answer.status === 404) return 0;
  return openCheckpoint(await answer.text(), { log: [log.key.verifierKey], witnesses: [] }).checkpoint.size;
}

/** The key as it tells it to people who set it up. */
function vkeyOf(witness: ServiceProcess): string {
  return /^ {2}(\S+)$/m.exec(witness.output())?.[1] ?? '';
}

it('cosigns a log, and serves to readers what it cosigned', async () => {
  const witness = await started();
  const { status, text } = await submit(witness, log.submission(0, 5));
  expect(status).toBe(200);
  const trust = { log: [log.key.verifierKey], witnesses: [parseVkey(vkeyOf(witness))] };
  const cosigned = openCheckpoint(log.checkpoint(5) + text, trust);
  expect(cosigned.cosignatures).toHaveLength(1);
  expect(Math.abs(Date.now() / 1_000 - (cosigned.cosignatures[0]?.timestamp ?? 0))).toBeLessThan(60);
  const served = await fetch(`${witness.origin}/${originHash(origin)}/checkpoint`);
  expect(await served.text()).toBe(log.checkpoint(5) + text);
});

it('cosigns one of many that race for the next head, and tells the others its size', async () => {
  const witness = await started();
  await submit(witness, log.submission(0, 5));
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => submit(witness, log.submission(5, 6 + index))),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const size = await latestSize(witness);
  const losers = answers.filter(({ status }) => status !== 200);
  expect(new Set(losers.map((each) => JSON.stringify(each)))).toEqual(
    new Set([JSON.stringify({ status: 409, type: 'text/x.tlog.size', text: `${size}\n` })]),
  );
});

it('knows after a kill what it had persisted, though nobody was told', async () => {
  for (const size of [0, 4, 5, 6, 7]) {
    const next = size === 0 ? 4 : size + 1;
    const witness = await started();
    sendAndHangUp(witness, log.submission(size, next));
    await until('the head is on disk', () => storedHead()?.startsWith(`${origin}\n${next}\n`), {
      everyMs: 1,
    });
    witness.signal('SIGKILL');
    await witness.exited;
    const again = await started();
    expect(await latestSize(again)).toBe(next);
    expect((await submit(again, forged.submission(next, next))).status).toBe(409);
    expect((await submit(again, forged.submission(next, next + 5))).status).toBe(422);
    expect((await submit(again, log.submission(next, next))).status).toBe(200);
    again.signal('SIGKILL');
    await again.exited;
  }
});

/** The answer, if it comes at all, finds nobody. */
function sendAndHangUp({ origin: url }: ServiceProcess, body: string): void {
  const request = `POST /add-checkpoint HTTP/1.1\r\nHost: witness\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(request + body, () => {
    socket.destroy();
  });
}

function storedHead(): string | null {
  const file = join(directory, 'heads', `${originHash(origin)}.checkpoint`);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

it('keeps what a log has signed against itself', async () => {
  const witness = await started();
  await submit(witness, log.submission(0, 8));
  expect((await submit(witness, forged.submission(8, 9))).status).toBe(422);
  expect(await latestSize(witness)).toBe(8);
  expect(statSync(join(directory, 'evidence', originHash(origin))).isDirectory()).toBe(true);
});

it('lets no second process work on its state', async () => {
  const first = await started();
  const second = await launched();
  expect(await second.exited).toBe(1);
  expect(second.output()).toContain(`the process ${first.pid} works on ${directory}`);
});

it('stops on SIGTERM and begins again with the same key', async () => {
  const first = await started();
  const vkey = vkeyOf(first);
  first.signal('SIGTERM');
  expect(await first.exited).toBe(0);
  expect(vkeyOf(await started())).toBe(vkey);
});

it.each([
  [{ WITNESS_LOGS: '' }, 'WITNESS_LOGS must hold the verifier key of at least one log'],
  [{ WITNESS_LOGS: 'ledger.example+12345678+AAAA' }, 'WITNESS_LOGS holds ledger.example+12345678+AAAA: '],
  [{ WITNESS_NAME: 'two words' }, 'WITNESS_NAME must be a name without spaces'],
  [{ PORT: '0' }, 'PORT must be a whole number'],
])('does not start with %j, and says why', async (settings, reason) => {
  const witness = await launched(settings);
  expect(await witness.exited).toBe(1);
  expect(witness.output()).toContain(reason);
});

it('does not start with a key that others can read', async () => {
  const witness = await started();
  witness.signal('SIGTERM');
  await witness.exited;
  chmodSync(join(directory, 'witness.key'), 0o644);
  const again = await launched();
  expect(await again.exited).toBe(1);
  expect(again.output()).toContain('chmod 600 it');
});

it.each([
  ['', 400, 'An empty line must part'],
  ['old 0\n\nnot a note\n', 400, 'A note has an empty line'],
  [log.submission(0, 5).replace(origin, 'other.example'), 404, 'The log other.example is not known here'],
  [smallLog(origin, { seed: 9 }).submission(0, 5), 403, 'none of the keys'],
  ['x'.repeat(70_000), 413, ''],
])('refuses %#', async (body, status, reason) => {
  const answer = await submit(await started(), body);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(reason);
});
