/**
 * What the log over the ledger costs, how far behind it is, and how fast it proves. Run after `npm run build`:
 * `node --conditions=default bench/transparency.bench.ts [rounds] [leaves of the large tree]`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ledgerWriterRole, type NewEvent, openLedger, type PostgresLedger } from '#ledger';
import { createLogger, migrate, openPool } from '#platform';
import { verifyProofFile, parseVkey } from '#proofs';
import { sharedMigrations } from '#service';
import { openLog, transparencyRole, type KeySource, type TransparencyLog } from '#transparency';
import { until } from '../test/harness/until.ts';
import { deployStandalone } from './deployment.ts';
import { HttpContender } from './http-contender.ts';
import { cause, plainEvent } from './kilobyte-events.ts';
import { coreCount, loadNow } from './machine.ts';
import { percentile } from './paced-load.ts';
import { scratchPostgres } from './scratch-postgres.ts';
import { printTable } from './table.ts';

const rounds = Number(process.argv[2] ?? 15);
const leafCount = Number(process.argv[3] ?? 1_000_000);
const proofCount = 2_000;
/** Long enough for several checkpoints. */
const roundMs = 1_000;

const postgres = await scratchPostgres();
const folder = await mkdtemp(join(tmpdir(), 'transparency-bench-'));
try {
  const url = await postgres.database('append');
  await migrate(url, sharedMigrations);
  await appendTable(url);
  await proofTable(await postgres.database('proofs'));
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** The same appends with the log running and without, in turns, in one process as `npm start` has them. */
async function appendTable(url: string): Promise<void> {
  const rows: (string | number)[][] = [];
  const lagRows: (string | number)[][] = [];
  for (const [callers, batch] of [
    [1, 1],
    [16, 1],
    [64, 1],
    [1, 100],
    [1, 1_000],
  ] as const) {
    const bench = begin(url);
    const events = (): NewEvent[] => Array.from({ length: batch }, plainEvent);
    const lags: number[] = [];
    const rates = { on: [] as number[], off: [] as number[] };
    for (let round = -1; round < rounds; round += 1) {
      for (const mode of round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
        await (mode === 'on' ? bench.begin() : bench.rest());
        const rate = await rateOf(callers, () => appendOnce(bench, events(), mode === 'on' ? lags : null));
        // The first round only warms up.
        if (round >= 0) rates[mode].push(rate);
      }
    }
    const [on, off] = [median(rates.on), median(rates.off)];
    await bench.end();
    rows.push([`${callers} × ${batch}`, on, off, on / off, '≥ 0.95', loadNow()]);
    const sorted = lags.toSorted((a, b) => a - b);
    lagRows.push([
      `${callers} × ${batch}`,
      percentile(sorted, 50),
      percentile(sorted, 99),
      sorted.at(-1) ?? 0,
      '≤ 1,000',
    ]);
  }
  printTable(
    `Append, 1 KB events, fsync on, with the log and without (events/s, ${coreCount} cores)`,
    ['callers × events', 'with the log', 'without', 'ratio', 'aim', 'load'],
    rows,
  );
  printTable(
    'From the answer to an append until a signed checkpoint covers it (ms)',
    ['callers × events', 'p50', 'p99', 'max', 'aim'],
    lagRows,
  );
}

interface Bench {
  readonly ledger: PostgresLedger;
  /** Appends that no checkpoint covers yet. */
  readonly waiting: { position: number; at: number; into: number[] }[];
  /** The log runs from here on, and has caught up: what was appended without it is not its lag. */
  begin(): Promise<void>;
  rest(): Promise<void>;
  end(): Promise<void>;
}

function begin(url: string): Bench {
  const poolOf = (role: string) =>
    openPool({ databaseUrl: url, role, applicationName: 'bench', connectionsMax: 4 });
  const [writer, pool] = [poolOf(ledgerWriterRole), poolOf(transparencyRole)];
  const ledger = openLedger({ pool: writer });
  const keys: KeySource = { given: null, file: join(folder, 'signing.key'), origin: null };
  const waiting: Bench['waiting'] = [];
  let running: TransparencyLog | null = null;
  const rest = async () => {
    await running?.stop();
    running = null;
    waiting.length = 0;
  };
  return {
    ledger,
    waiting,
    rest,
    begin: async () => {
      await rest();
      const onPublished = (size: number) => {
        published(waiting, size);
      };
      const log = await openLog({
        pool,
        hint: ledger,
        keys,
        log: createLogger('bench', 'warn'),
        onPublished,
      });
      running = log;
      log.start();
      const { position } = await ledger.head();
      await until('the log has caught up', () => log.health().published >= position, { withinMs: 120_000 });
    },
    end: async () => {
      await rest();
      await ledger.close();
      await Promise.all([writer.end(), pool.end()]);
    },
  };
}

/** Events a second of as many callers as go on appending for a round. */
async function rateOf(callers: number, append: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const repeat = async () => {
    let count = 0;
    while (performance.now() < start + roundMs) count += await append();
    return count;
  };
  const counts = await Promise.all(Array.from({ length: callers }, repeat));
  return (counts.reduce((sum, count) => sum + count, 0) * 1_000) / (performance.now() - start);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function published(waiting: Bench['waiting'], size: number): void {
  const now = performance.now();
  for (const { at, into } of waiting.filter(({ position }) => position <= size)) into.push(now - at);
  waiting.splice(0, waiting.length, ...waiting.filter(({ position }) => position > size));
}

async function appendOnce(
  { ledger, waiting }: Bench,
  events: NewEvent[],
  into: number[] | null,
): Promise<number> {
  const appended = await ledger.append({
    streamId: `bench-${randomUUID()}`,
    expectedVersion: 0,
    events,
    cause,
  });
  const position = appended.at(-1)?.position ?? 0;
  if (into !== null) waiting.push({ position, at: performance.now(), into });
  return appended.length;
}

/** Over HTTP, from a tree whose leaves are real events; none of them is projected, since no feed has their types. */
async function proofTable(url: string): Promise<void> {
  await migrate(url, sharedMigrations);
  await fill(url);
  const deployment = await deployStandalone(url);
  try {
    const audit = `${deployment.intake}/v1/audit`;
    const log = async () => (await (await fetch(`${audit}/log`)).json()) as { published: number };
    const startedAt = performance.now();
    await until('the tree is published', async () => (await log()).published >= leafCount, {
      withinMs: 1_800_000,
      everyMs: 200,
    });
    const integratedInMs = performance.now() - startedAt;
    // Beside a million events that are read by the feed, a proof would wait for those.
    await until('everything is applied', () => isIdle(deployment.intake), {
      withinMs: 1_800_000,
      everyMs: 500,
    });
    const latencies: number[] = [];
    for (let each = 0; each < proofCount; each += 1) {
      const contender = new HttpContender(`${audit}/proof/${1 + Math.floor(Math.random() * leafCount)}`);
      await contender.once();
      latencies.push(...contender.latenciesMs);
      contender.close();
    }
    const file = await (await fetch(`${audit}/proof/${Math.floor(leafCount / 3)}`)).text();
    await demandTrue(file, audit, url);
    const sorted = latencies.toSorted((a, b) => a - b);
    printTable(
      `Proofs at ${leafCount.toLocaleString('en')} leaves, one at a time over HTTP, a connection each`,
      ['p50 ms', 'p99 ms', 'aim', 'proof file bytes', 'aim', 'tree built in s', 'load'],
      [
        [
          percentile(sorted, 50),
          percentile(sorted, 99),
          '≤ 5 ms',
          String(Buffer.byteLength(file)),
          '≤ 1,200',
          integratedInMs / 1_000,
          loadNow(),
        ],
      ],
    );
  } finally {
    await deployment.stop();
  }
}

async function isIdle(origin: string): Promise<boolean> {
  const health = (await (await fetch(`${origin}/health/ready`)).json()) as {
    parts: Record<string, { lag?: number }>;
  };
  return Object.values(health.parts).every(({ lag }) => (lag ?? 0) === 0);
}

/** Straight into the table: the ledger's own way takes minutes for a million, and is measured elsewhere. */
async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO ledger.event (position, stream_id, stream_version, event_id, type, schema_version, payload, salt,
       payload_hash, key, recorded_at, actor, correlation_id, leaf_hash)
     SELECT n, 'bench-' || n, 1, gen_random_uuid(), 'SourceRemoved', 1, '{"sourceId":"00000000-0000-0000-0000-000000000000"}',
       '\\x00', sha256('\\x00'), 'bench', now(), 'bench', 'bench', sha256(int8send(n))
     FROM generate_series(1, $1::bigint) AS n`,
    [leafCount],
  );
  await client.query('UPDATE ledger.head SET position = $1, recorded_at = now()', [leafCount]);
  await client.end();
}

async function demandTrue(file: string, audit: string, url: string): Promise<void> {
  const vkey = (await (await fetch(`${audit}/key`)).text()).trim();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ leaf_hash: Buffer }>(
    'SELECT leaf_hash FROM ledger.event WHERE position = $1',
    [Math.floor(leafCount / 3)],
  );
  await client.end();
  verifyProofFile(file, rows[0]?.leaf_hash ?? Buffer.alloc(0), { log: [parseVkey(vkey)], witnesses: [] });
}
