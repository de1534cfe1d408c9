/** Run after `npm run build`: `node --conditions=default bench/ledger.bench.ts [rounds]`. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '#embedded-postgres';
import { ledgerMigrations, ledgerWriterRole, type NewEvent, openLedger, type PostgresLedger } from '#ledger';
import { migrate, openPool } from '#platform';
import { cause, erasableEvent, plainEvent } from './kilobyte-events.ts';
import { createRawTable, RawWriter } from './raw-table.ts';
import { readingTable } from './ledger-reading.bench.ts';
import { type Contender, sideBySide } from './side-by-side.ts';
import { printTable } from './table.ts';

const rounds = Number(process.argv[2] ?? 15);

const cases = [
  { callers: 1, batch: 1, aim: 0.85 },
  { callers: 1, batch: 10, aim: 0.9 },
  { callers: 1, batch: 100, aim: 0.9 },
  { callers: 1, batch: 1_000, aim: 0.9 },
  { callers: 16, batch: 1, aim: 2 },
  { callers: 64, batch: 1, aim: 3.5 },
];

const folder = await mkdtemp(join(tmpdir(), 'ledger-bench-'));
const postgres = await startPostgres({
  dataDir: join(folder, 'postgres'),
  serverSettings: { max_connections: 200, shared_buffers: '512MB', max_wal_size: '8GB' },
});
try {
  await migrate(postgres.url, [ledgerMigrations]);
  const owner = new pg.Pool({ connectionString: postgres.url, max: 64 });
  owner.on('error', () => undefined);
  await createRawTable(owner);
  const pool = openPool({
    databaseUrl: postgres.url,
    role: ledgerWriterRole,
    applicationName: 'bench',
    connectionsMax: 4,
  });
  const ledger = openLedger({ pool });
  await appendTable('payload in the row', ledger, new RawWriter(owner, false), plainEvent);
  await appendTable('payload beside, erasable', ledger, new RawWriter(owner, true, 3_000_000), erasableEvent);
  await readingTable(ledger, owner);
  await ledger.close();
  await pool.end();
  await owner.end();
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true });
}

async function appendTable(
  what: string,
  ledger: PostgresLedger,
  raw: RawWriter,
  event: () => NewEvent,
): Promise<void> {
  const rows = [];
  for (const { callers, batch, aim } of cases) {
    const events = (): NewEvent[] => Array.from({ length: batch }, event);
    const [ledgerRate, rawRate] = await sideBySide([appender(ledger, events), inserter(raw, events)], {
      callers,
      rounds,
    });
    rows.push([`${callers} × ${batch}`, ledgerRate, rawRate, ledgerRate / rawRate, `≥ ${aim}`]);
  }
  printTable(
    `Append, 1 KB events, fsync on, ${what} (events/s)`,
    ['callers × events', 'ledger', 'raw unnest', 'ratio', 'aim'],
    rows,
  );
}

function appender(ledger: PostgresLedger, events: () => NewEvent[]): Contender {
  return {
    async once() {
      const request = { streamId: `bench-${randomUUID()}`, expectedVersion: 0, events: events(), cause };
      return (await ledger.append(request)).length;
    },
  };
}

function inserter(raw: RawWriter, events: () => NewEvent[]): Contender {
  return {
    async once() {
      const batch = events();
      await raw.insert(batch);
      return batch.length;
    },
  };
}
