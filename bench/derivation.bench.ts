/**
 * What deriving the status of one corridor costs as its claims grow: all of them, and one more. Run after
 * `npm run build`: `node --conditions=default bench/derivation.bench.ts [counts]`.
 */
import { openLedger } from '#ledger';
import { inTransaction, migrate, openPool } from '#platform';
import { sharedMigrations } from '#service';
import {
  blockadeStatusMigrations,
  blockadeStatusRole,
} from '../apps/blockade-status/src/blockade-status.migrations.ts';
import { corridorStatusProjector } from '../apps/blockade-status/src/corridor-status/corridor-status.projector.ts';
import { decisionsInLedger } from '../apps/blockade-status/src/corridor-status/decision.recorder.ts';
import { coreCount, loadNow } from './machine.ts';
import { historyDays, historyOf, recordedReport } from './one-corridor.ts';
import { scratchPostgres } from './scratch-postgres.ts';
import { printTable } from './table.ts';

const statementCounts = (process.argv[2] ?? '10000,100000').split(',').map(Number);
const batchEvents = 1_000;
const moreCount = 500;
const silent = { info: () => undefined };

const postgres = await scratchPostgres();
try {
  const rows: (string | number)[][] = [];
  for (const statementCount of statementCounts) {
    const { seconds, moreMs } = await derive(statementCount);
    const p99 = moreMs.toSorted((a, b) => a - b)[Math.floor(moreCount * 0.99)] ?? 0;
    const before = rows.at(-1)?.[1];
    rows.push([
      statementCount.toLocaleString('en'),
      seconds,
      typeof before === 'number' ? seconds / before : '',
      p99,
      process.memoryUsage.rss() / 2 ** 20,
      loadNow(),
    ]);
  }
  printTable(
    `Statements about one corridor (${coreCount} cores); aims: ten times as many take ≤ 12 times as long, one more ≤ 50 ms`,
    ['statements', 'seconds', 'times', 'one more, p99 ms', 'RSS MB', 'load'],
    rows,
  );
} finally {
  await postgres.stop();
}

async function derive(statementCount: number): Promise<{ seconds: number; moreMs: readonly number[] }> {
  const databaseUrl = await postgres.database(`derivation_${statementCount}`);
  await migrate(databaseUrl, [...sharedMigrations, blockadeStatusMigrations]);
  const pool = openPool({
    databaseUrl,
    role: blockadeStatusRole,
    schema: 'blockade_status',
    applicationName: 'bench derivation',
    connectionsMax: 4,
  });
  const ledger = openLedger({ pool });
  const projector = corridorStatusProjector(decisionsInLedger(ledger, silent));
  const apply = (events: Parameters<typeof projector.apply>[0]) =>
    inTransaction(pool, (tx) => projector.apply(events, tx));
  const startedAt = performance.now();
  const history = historyOf(statementCount);
  for (let batch = take(history); batch.length > 0; batch = take(history)) await apply(batch);
  const seconds = (performance.now() - startedAt) / 1_000;
  const moreMs: number[] = [];
  for (let more = 0; more < moreCount; more += 1) {
    const index = statementCount + more;
    const before = performance.now();
    // On the last days, but for one in ten, which is about any day.
    const day = more % 10 === 9 ? (more * 37) % historyDays : historyDays - 1;
    await apply([recordedReport(day, index)]);
    moreMs.push(performance.now() - before);
  }
  await ledger.close();
  await pool.end();
  return { seconds, moreMs };
}

function take<Event>(events: Generator<Event>): readonly Event[] {
  const batch: Event[] = [];
  while (batch.length < batchEvents) {
    const next = events.next();
    if (next.done === true) break;
    batch.push(next.value);
  }
  return batch;
}
