/**
 * Questions about the status and the timeline beside a bare select of the same row. Run after `npm run build`:
 * `node --conditions=default bench/status-query.bench.ts [statements of the larger corridor]`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openLedger, type NewEvent } from '#ledger';
import pg from 'pg';
import { allLanes } from '#feed';
import { migrate, openPool } from '#platform';
import { sharedMigrations } from '#service';
import {
  blockadeStatusMigrations,
  blockadeStatusRole,
} from '../apps/blockade-status/src/blockade-status.migrations.ts';
import { notificationMigrations } from '../apps/notification/src/notification.migrations.ts';
import { freePort } from '../test/harness/service-process.ts';
import { until } from '../test/harness/until.ts';
import { deployStandalone, type Deployment } from './deployment.ts';
import { HttpContender } from './http-contender.ts';
import { coreCount, loadNow } from './machine.ts';
import { historyDays, reportOn, registeredAs } from './one-corridor.ts';
import { percentile } from './paced-load.ts';
import { scratchPostgres } from './scratch-postgres.ts';
import { sideBySide } from './side-by-side.ts';
import { printTable } from './table.ts';

// A corridor of each size, once where the two are one.
const statementCounts = [...new Set([1_000, Number(process.argv[2] ?? 100_000)])];
const callers = 8;
const rounds = 12;
const appendEventsMax = 1_000;
const fillMinutesMax = 30;

const postgres = await scratchPostgres();
try {
  const databaseUrl = await postgres.database('status_query');
  await migrate(databaseUrl, [...sharedMigrations, blockadeStatusMigrations, notificationMigrations]);
  await fill(databaseUrl);
  await passOverDeliveries(databaseUrl);
  const deployment = await deployStandalone(databaseUrl);
  const port = await freePort();
  const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare-select.ts'), databaseUrl, port], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await projected(deployment);
    await until('the bare route listens', () => fetch(`http://127.0.0.1:${port}`).catch(() => null));
    const rows: (string | number)[][] = [];
    for (const count of statementCounts) {
      const corridor = corridorOf(count);
      const bareUrl = `http://127.0.0.1:${port}/bare/${corridor}`;
      const base = `${deployment.intake}/v1/corridors/${corridor}`;
      rows.push(
        await compared(count, 'status', `${base}/status`, bareUrl),
        await compared(count, 'status on a day', `${base}/status?validAt=2022-03-03`, bareUrl),
        await compared(count, 'timeline', `${base}/timeline`, bareUrl),
      );
    }
    printTable(
      `Answers a second, ${callers} at once (${coreCount} cores); aims: status ≥ 0.6 of a bare select, p99 ≤ 20 ms`,
      ['statements', 'question', 'answers/s', 'bare select/s', 'ratio', 'p50 ms', 'p99 ms', 'load'],
      rows,
    );
  } finally {
    bare.kill('SIGTERM');
    await once(bare, 'exit');
    await deployment.stop();
  }
} finally {
  await postgres.stop();
}

async function compared(count: number, question: string, url: string, bareUrl: string) {
  const [asked, bare] = [new HttpContender(url), new HttpContender(bareUrl)];
  const [rate, bareRate] = await sideBySide([asked, bare], { callers, rounds });
  // A round has eight in flight; how long one alone takes is another question, and the one asked by the aim.
  const alone = new HttpContender(url);
  for (let times = 0; times < 500; times += 1) await alone.once();
  for (const each of [asked, bare, alone]) each.close();
  const sorted = alone.latenciesMs.toSorted((a, b) => a - b);
  return [
    count.toLocaleString('en'),
    question,
    rate,
    bareRate,
    rate / bareRate,
    percentile(sorted, 50),
    percentile(sorted, 99),
    loadNow(),
  ];
}

function corridorOf(count: number): string {
  return `bench-corridor-of-${count}`;
}

async function fill(databaseUrl: string): Promise<void> {
  const pool = openPool({
    databaseUrl,
    role: blockadeStatusRole,
    schema: 'blockade_status',
    applicationName: 'bench fill',
    connectionsMax: 4,
  });
  const ledger = openLedger({ pool });
  const cause = { actor: 'bench', correlationId: 'bench', causationId: null, traceparent: null };
  const append = (streamId: string, events: readonly NewEvent[]) =>
    ledger.append({ streamId, expectedVersion: 0, events, cause });
  for (const count of statementCounts) {
    const corridor = corridorOf(count);
    await append(`corridor-${corridor}`, [registeredAs(corridor)]);
    for (let from = 0; from < count; from += appendEventsMax) {
      const events = Array.from({ length: Math.min(appendEventsMax, count - from) }, (_, offset) =>
        reportOn(corridor, Math.floor(((from + offset) * historyDays) / count), from + offset),
      );
      await append(`bench-${corridor}-${from}`, events);
    }
  }
  await ledger.close();
  await pool.end();
}

/** Nobody subscribed, and no answer is read from the notifications: they begin with the next event. */
async function passOverDeliveries(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO notification.checkpoint (projector, lane, position, epoch)
     SELECT 'deliveries', lane, (SELECT position FROM ledger.head), 0 FROM unnest($1::int[]) AS lane`,
    [allLanes],
  );
  await client.end();
}

/** By every projection of the process: each would take from its time while it is asked. */
async function projected({ intake }: Deployment): Promise<void> {
  const owed = async () => {
    const { parts } = (await (await fetch(`${intake}/health/ready`)).json()) as {
      parts: Record<string, { lag?: number }>;
    };
    return Object.values(parts).every(({ lag = 0 }) => lag === 0);
  };
  await until('all is projected', owed, { withinMs: fillMinutesMax * 60_000 });
}
