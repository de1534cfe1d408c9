/**
 * The ledger into a fresh projection of the corridors' status. Run after `npm run build`:
 * `node --conditions=default bench/replay.bench.ts [events]`; `--cpu-prof` also profiles the replaying process.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { openLedger, type Cause, type PostgresLedger } from '#ledger';
import { migrate, openPool } from '#platform';
import { sharedMigrations } from '#service';
import {
  blockadeStatusMigrations,
  blockadeStatusRole,
} from '../apps/blockade-status/src/blockade-status.migrations.ts';
import { coded, corridorCount, corridorIdOf, registered } from './coded-statements.ts';
import { coreCount, loadNow } from './machine.ts';
import type { Replayed } from './replay-process.ts';
import { scratchPostgres } from './scratch-postgres.ts';
import { printTable } from './table.ts';

const eventCount = Number(process.argv[2] ?? 200_000);
const appendEventsMax = 1_000;
const cause: Cause = { actor: 'bench', correlationId: 'bench', causationId: null, traceparent: null };

const postgres = await scratchPostgres();
try {
  const databaseUrl = await postgres.database('replay');
  await migrate(databaseUrl, [...sharedMigrations, blockadeStatusMigrations]);
  await fill(databaseUrl);
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  await owner.query('VACUUM ANALYZE ledger.event, ledger.erasable_payload');
  console.error('the first time, with decisions to record');
  const first = rowOf('first time', await replay(databaseUrl));
  await forgetProjection(owner);
  console.error('again, as a rebuild does');
  const rebuild = rowOf('rebuild', await replay(databaseUrl));
  console.error('beside it, by the replay itself');
  const beside = rowOf('replay', await replay(databaseUrl, 'replay-beside-process.ts'));
  const { rows } = await owner.query<{ changes: string; claims: string }>(
    `SELECT (SELECT count(*) FROM blockade_status.status_change) AS changes,
       (SELECT count(*) FROM blockade_status.claim) AS claims`,
  );
  await owner.end();
  printTable(
    `Replaying ${eventCount.toLocaleString('en')} StatementCoded of ${corridorCount} corridors, ` +
      `${rows[0]?.claims ?? ''} claims, ${rows[0]?.changes ?? ''} changes of status (${coreCount} cores)`,
    ['', 'events/s', 'aim', 'seconds', 'CPU seconds', 'RSS MB at most', 'load'],
    [first, rebuild, beside],
  );
} finally {
  await postgres.stop();
}

function rowOf(what: string, { seconds, cpuSeconds, rssMegabytes }: Replayed): (string | number)[] {
  return [what, eventCount / seconds, '≥ 20,000', seconds, cpuSeconds, rssMegabytes, loadNow()];
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
  for (let index = 0; index < corridorCount; index += 1)
    await appendOne(ledger, `corridor-${corridorIdOf(index)}`, [registered(index)]);
  for (let from = 0; from < eventCount; from += appendEventsMax) {
    if (from % 20_000 === 0) console.error(`appending: ${from} of ${eventCount}`);
    const length = Math.min(appendEventsMax, eventCount - from);
    await appendOne(
      ledger,
      `bench-${from}`,
      Array.from({ length }, (_, index) => coded(from + index)),
    );
  }
  await ledger.close();
  await pool.end();
}

async function appendOne(
  ledger: PostgresLedger,
  streamId: string,
  events: Parameters<PostgresLedger['append']>[0]['events'],
): Promise<void> {
  await ledger.append({ streamId, expectedVersion: 0, events, cause });
}

async function replay(databaseUrl: string, file = 'replay-process.ts'): Promise<Replayed> {
  const program = join(import.meta.dirname, file);
  // The same options, so that a profiler asked for here looks where the work is.
  const running = promisify(execFile)(process.execPath, [...process.execArgv, program, databaseUrl]);
  running.child.stderr?.pipe(process.stderr);
  return JSON.parse((await running).stdout) as Replayed;
}

async function forgetProjection(owner: pg.Client): Promise<void> {
  await owner.query(
    `TRUNCATE blockade_status.corridor, blockade_status.corridor_definition, blockade_status.corridor_setting,
       blockade_status.claim, blockade_status.statement_end, blockade_status.turn, blockade_status.evidence_day,
       blockade_status.status_change, blockade_status.checkpoint`,
  );
}
