/**
 * How long it takes to recompute a whole ledger from its tables, start to exit, beside the mere reading of its rows. Run
 * after `npm run build`: `node --conditions=default bench/ledger-check.bench.ts [EVENTS]`.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type LedgerReport } from '#ledger-check';
import { ledgerWriterRole, openLedger } from '#ledger';
import { migrate, openPool } from '#platform';
import { sharedMigrations } from '#service';
import { openLog, transparencyRole } from '#transparency';
import { cause, erasableEvent, plainEvent } from './kilobyte-events.ts';
import { coreCount, loadNow } from './machine.ts';
import { scratchPostgres } from './scratch-postgres.ts';
import { printTable } from './table.ts';

const eventCount = Number(process.argv[2] ?? 1_000_000);
const appendEventsMax = 1_000;
const command = join(
  import.meta.dirname,
  '../dist/apps/command-line/src/ledger-verification/verify-ledger.js',
);
/** As in package.json. */
const limits = ['--max-old-space-size=128', '--max-semi-space-size=4'];
const tellsPeak = 'process.on("exit", () => console.error(process.resourceUsage().maxRSS))';

const postgres = await scratchPostgres();
const folder = await mkdtemp(join(tmpdir(), 'corridor-watch-bench-'));
try {
  const databaseUrl = await postgres.database('ledger_check');
  await migrate(databaseUrl, sharedMigrations);
  await fill(databaseUrl);
  const reading = await readingSeconds(databaseUrl);
  const { seconds, peakMegabytes, report } = await verification(databaseUrl);
  printTable(
    `A ledger of ${eventCount.toLocaleString('en')} events of 1 KB, ${report.checkpointCount} checkpoints (${coreCount} cores, load ${loadNow()})`,
    ['', 'measured', 'aim'],
    [
      ['recomputed, s', seconds, '≤ 60 at 1 M'],
      ['events/s', eventCount / seconds, ''],
      ['peak RSS MB', peakMegabytes, '≤ 256'],
      ['reading the same rows, s', reading, 'the raw limit'],
      ['ratio', seconds / reading, ''],
    ],
  );
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true });
}

async function fill(databaseUrl: string): Promise<void> {
  const [writer, signer] = [ledgerWriterRole, transparencyRole].map((role) =>
    openPool({ databaseUrl, role, applicationName: 'bench', connectionsMax: 4 }),
  ) as [pg.Pool, pg.Pool];
  const ledger = openLedger({ pool: writer });
  const log = await openLog({
    pool: signer,
    hint: ledger,
    keys: { given: null, file: join(folder, 'signing.key'), origin: null },
    log: { info: () => undefined, warn: console.error, fatal: console.error },
  });
  log.start();
  for (let done = 0; done < eventCount; done += appendEventsMax) {
    const events = Array.from({ length: Math.min(appendEventsMax, eventCount - done) }, (_, n) =>
      n % 2 === 0 ? plainEvent() : erasableEvent(),
    );
    await ledger.append({ streamId: `bench-${randomUUID()}`, expectedVersion: 0, events, cause });
    if (done % 100_000 === 0) console.error(`filled ${done} of ${eventCount}`);
  }
  while (log.health().published < eventCount) await pause(50);
  await log.stop();
  await ledger.close();
  await Promise.all([writer.end(), signer.end()]);
}

async function verification(
  databaseUrl: string,
): Promise<{ seconds: number; peakMegabytes: number; report: LedgerReport }> {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [...limits, '--import', `data:text/javascript,${tellsPeak}`, command, '--no-state', '--json'],
    { env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl } },
  );
  const [stdout, peakKilobytes] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const seconds = (performance.now() - startedAt) / 1_000;
  const report = JSON.parse(stdout) as LedgerReport;
  if (report.faults.length > 0 || report.signedSize !== eventCount)
    throw new Error(`The ledger was not verified: ${stdout} ${peakKilobytes}`);
  return { seconds, peakMegabytes: Number(peakKilobytes) / 1_024, report };
}

async function readingSeconds(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const startedAt = performance.now();
  for (let after = 0; after < eventCount; after += 2_000) {
    await client.query({
      text: `SELECT e.*, p.payload::text, p.salt, e.payload::text FROM ledger.event e
        LEFT JOIN ledger.erasable_payload p USING (position) WHERE e.position > $1 ORDER BY e.position LIMIT 2000`,
      values: [after],
      rowMode: 'array',
    });
  }
  await client.end();
  return (performance.now() - startedAt) / 1_000;
}
