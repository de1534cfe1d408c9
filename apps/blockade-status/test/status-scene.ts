import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Pool } from 'pg';
import { type RecordedEvent } from '#events';
import { openLedgerFeed, type Feed } from '#feed';
import { openLedger, type NewEvent, type PostgresLedger } from '#ledger';
import { createLogger, openPool, startTracing } from '#platform';
import { createService } from '#service';
import { freshDatabase } from '../../../test/harness/database.ts';
import { until } from '../../../test/harness/until.ts';
import { type AuditOptions } from '../src/audit/audit.config.ts';
import { AuditModule } from '../src/audit/audit.module.ts';
import { auditRefusals } from '../src/audit/audit.refusals.ts';
import { blockadeStatusRole } from '../src/blockade-status.migrations.ts';
import { BlockadeStatusModule } from '../src/blockade-status.module.ts';
import { shippedRules, type StatusRules } from '../src/corridor-status/status-rules.ts';
import { blockadeStatusRefusals } from '../src/corridors/corridor.refusals.ts';

/** The ledger and the rows of the service, in a database of their own, as the service's role sees them. */
export interface StatusRoom {
  /** As a superuser. */
  readonly url: string;
  readonly pool: Pool;
  readonly ledger: PostgresLedger;
  /** Appends one by one; answers what was recorded. */
  record(...events: readonly NewEvent[]): Promise<readonly RecordedEvent[]>;
  close(): Promise<void>;
}

export async function statusRoom(): Promise<StatusRoom> {
  const database = await freshDatabase();
  const pool = openPool({
    databaseUrl: database.url,
    role: blockadeStatusRole,
    schema: 'blockade_status',
    applicationName: 'blockade-status test',
    connectionsMax: 8,
  });
  const ledger = openLedger({ pool });
  return {
    url: database.url,
    pool,
    ledger,
    record: async (...events) => {
      const recorded: RecordedEvent[] = [];
      for (const event of events) recorded.push(...(await recordOne(ledger, event)));
      return recorded;
    },
    close: async () => {
      await ledger.close();
      await pool.end();
      await database.drop();
    },
  };
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly etag: string | undefined;
}

/** The whole service on the ledger's own feed. */
export interface StatusScene extends StatusRoom {
  /** The body is null where there is none. */
  get<Body = Record<string, unknown>>(path: string, headers?: Record<string, string>): Promise<Answer<Body>>;
  /** Waits until everything in the ledger, the decisions included, is in the rows. */
  settled(): Promise<number>;
  /** Waits until a signed checkpoint covers everything in the ledger. */
  published(): Promise<number>;
  readonly app: NestFastifyApplication;
}

export interface StatusSceneParts {
  readonly rules?: StatusRules;
  readonly audit?: Partial<AuditOptions>;
  readonly publicRead?: boolean;
}

/** Nothing is looked after unless a test does it. */
const neverMs = 2 ** 31 - 1;

export async function statusScene(parts: StatusSceneParts = {}): Promise<StatusScene> {
  const room = await statusRoom();
  startTracing();
  const logger = createLogger('blockade-status test', 'silent');
  const { pool, ledger } = room;
  const feed = openLedgerFeed({ ledger, pool, log: logger, hint: ledger });
  const keyFolder = await mkdtemp(join(tmpdir(), 'blockade-status-'));
  const app = await serve(room, feed, keyFolder, parts);
  return {
    ...room,
    app,
    get: async <Body>(url: string, headers = {}): Promise<Answer<Body>> => {
      const { statusCode, body, headers: answered } = await app.inject({ url, headers });
      return { status: statusCode, body: JSON.parse(body || 'null') as Body, etag: answered.etag };
    },
    settled: () =>
      until('the rows hold the whole ledger', async () => {
        const { position } = await ledger.head();
        const { rows } = await pool.query<{ settled: boolean }>(
          'SELECT max(position) >= $1 AS settled FROM blockade_status.checkpoint',
          [position],
        );
        return rows[0]?.settled === true && (await ledger.head()).position === position && position;
      }),
    published: () =>
      until('everything is published', async () => {
        const { position } = await ledger.head();
        const { rows } = await pool.query<{ size: string | null }>(
          'SELECT max(size) AS size FROM transparency.checkpoint',
        );
        return Number(rows[0]?.size ?? 0) === position && position;
      }),
    close: async () => {
      await app.close();
      await feed.close();
      await room.close();
      await rm(keyFolder, { recursive: true, force: true });
    },
  };
}

async function serve(
  { pool, ledger }: StatusRoom,
  feed: Feed,
  keyFolder: string,
  { rules = shippedRules, audit = {}, publicRead = true }: StatusSceneParts,
): Promise<NestFastifyApplication> {
  const keys = { given: null, file: join(keyFolder, 'signing.key'), origin: 'log.example/corridors' };
  const options: AuditOptions = { keys, witnesses: [], readsKeptDays: 1, ...audit };
  const app = await createService({
    logger: createLogger('blockade-status test', 'silent'),
    pool,
    publicRead,
    modules: [
      BlockadeStatusModule.with({ pool, ledger, feed, rules, upkeepEveryMs: neverMs }),
      AuditModule.with({ pool, ledger, options }),
    ],
    refusals: { ...blockadeStatusRefusals, ...auditRefusals },
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

function recordOne(ledger: PostgresLedger, event: NewEvent): Promise<readonly RecordedEvent[]> {
  return ledger.append({
    streamId: `test-${event.eventId}`,
    expectedVersion: 'any',
    events: [event],
    cause: {
      actor: 'test',
      correlationId: `request-${event.eventId}`,
      causationId: null,
      traceparent: null,
    },
  });
}
