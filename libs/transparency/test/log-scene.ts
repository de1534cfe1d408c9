import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ledgerWriterRole, openLedger, type PostgresLedger } from '#ledger';
import { openPool } from '#platform';
import {
  openLog,
  transparencyRole,
  type KeySource,
  type LogParts,
  type TransparencyLog,
} from '#transparency';
import { freshDatabase } from '../../../test/harness/database.ts';
import { until } from '../../../test/harness/until.ts';

/** A ledger that somebody writes, and logs over it that run as the service does. */
export interface LogScene {
  readonly url: string;
  readonly ledger: PostgresLedger;
  /** As the service that hosts the log. */
  readonly pool: pg.Pool;
  /** As a superuser, whom no right and no trigger stops. */
  readonly owner: pg.Pool;
  /** A key file in a folder of the scene's own; the same one for each log of the scene. */
  readonly keys: KeySource;
  /** What the logs of the scene said of themselves as an alarm. */
  readonly alarms: readonly string[];
  append(count: number): Promise<number>;
  /** Opened and started; it stops with the scene. */
  log(parts?: Partial<LogParts>): Promise<TransparencyLog>;
  /** Until everything in the ledger is published. */
  published(log: TransparencyLog): Promise<number>;
  close(): Promise<void>;
}

export async function logScene(): Promise<LogScene> {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'transparency-'));
  const [writer, pool] = [ledgerWriterRole, transparencyRole].map((role) =>
    openPool({ databaseUrl: database.url, role, applicationName: 'transparency-test', connectionsMax: 5 }),
  ) as [pg.Pool, pg.Pool];
  const owner = new pg.Pool({ connectionString: database.url, max: 2 });
  owner.on('error', () => undefined);
  const ledger = openLedger({ pool: writer });
  const keys: KeySource = { given: null, file: join(folder, 'log', 'signing.key'), origin: null };
  const logs: TransparencyLog[] = [];
  const alarms: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    fatal: ({ err }: { err?: Error }) => void alarms.push(err?.message ?? ''),
  };
  return {
    url: database.url,
    ledger,
    pool,
    owner,
    keys,
    alarms,
    append: (count) => append(ledger, count),
    log: async (parts = {}) => {
      const opened = await openLog({ pool, hint: ledger, keys, log, ...parts });
      opened.start();
      logs.push(opened);
      return opened;
    },
    published: (opened) =>
      until('everything is published', async () => {
        const { position } = await ledger.head();
        return opened.health().published === position && position;
      }),
    close: async () => {
      await Promise.all(logs.map((opened) => opened.stop()));
      await ledger.close();
      await Promise.all([writer.end(), pool.end(), owner.end()]);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @returns the last position */
async function append(ledger: PostgresLedger, count: number): Promise<number> {
  const appended = await ledger.append({
    streamId: `publisher-${randomUUID()}`,
    expectedVersion: 0,
    cause: { actor: 'key-1', correlationId: 'correlation-1', causationId: null, traceparent: null },
    events: Array.from({ length: count }, (_, n) => ({
      type: 'PublisherGraded' as const,
      payload: {
        publisher: `Paper ${n}`,
        grade: { reliability: 'B' as const, kind: 'news' as const, country: 'FR' },
      },
      eventId: randomUUID(),
    })),
  });
  return appended.at(-1)?.position ?? 0;
}
