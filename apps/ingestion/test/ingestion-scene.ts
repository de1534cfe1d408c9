import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Pool } from 'pg';
import { z } from 'zod';
import { createAdminKeyOnce } from '#access';
import { rulesCoder } from '#coding';
import { openLedgerFeed } from '#feed';
import { type ErasingLedger, openLedger, type PostgresLedger } from '#ledger';
import { createLogger, openPool, startTracing } from '#platform';
import { createService } from '#service';
import { freshDatabase, type FreshDatabase } from '../../../test/harness/database.ts';
import { until } from '../../../test/harness/until.ts';
import { assessmentsProjector } from '../src/assessments/assessments.projector.ts';
import { claimsProjector } from '../src/claims/claims.projector.ts';
import { IngestionModule } from '../src/ingestion.module.ts';
import { ingestionRefusals } from '../src/ingestion.refusals.ts';
import { ingestionRole } from '../src/ingestion.role.ts';
import { type SourceOptions, sourceOptions, sourceSettings } from '../src/sources/source.config.ts';
import { statementsProjector } from '../src/statements/statements.projector.ts';

async function hasReadAll(pool: Pool, projector: string, reads: readonly string[]): Promise<boolean> {
  const { rows } = await pool.query<{ reached: boolean }>(
    `SELECT coalesce((SELECT max(position) FROM ledger.event WHERE type = ANY($2)), 0)
       <= (SELECT coalesce(max(position), 0) FROM ingestion.checkpoint WHERE projector = $1) AS reached`,
    [projector, reads],
  );
  return rows[0]?.reached === true;
}

/** Quick to give up, allowed to call on this machine, and polling only when told to. */
export function sourcesByHand(more: Readonly<Record<string, string>> = {}): SourceOptions {
  return sourceOptions(
    z.object(sourceSettings).parse({
      SOURCE_POLLING: 'false',
      SOURCE_ALLOW_LOOPBACK: 'true',
      SOURCE_HOST_DELAY_MS: '0',
      SOURCE_LOOK_EVERY_MS: '50',
      SOURCE_CONNECT_TIMEOUT_MS: '2000',
      SOURCE_IDLE_TIMEOUT_MS: '800',
      SOURCE_FETCH_TIMEOUT_MS: '2000',
      ...more,
    }),
  );
}

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Body;
}

/** The whole service on the ledger's own feed, spoken to with an admin key. */
export interface IngestionScene {
  readonly ledger: PostgresLedger;
  readonly pool: Pool;
  send<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Body>>;
  /** Sends lines and answers the lines that come back. */
  sendLines<Line = Record<string, unknown>>(url: string, lines: readonly object[]): Promise<readonly Line[]>;
  readonly authorization: string;
  readonly database: FreshDatabase;
  /** Waits until the lists show everything in the ledger. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface SceneSettings {
  readonly sources?: SourceOptions;
  /** Of another scene, which then owns the database: two instances of one deployment. */
  readonly besides?: IngestionScene;
  readonly trustedProxies?: readonly string[];
  /** What the commands see in place of the ledger. */
  readonly through?: (ledger: ErasingLedger) => ErasingLedger;
}

export async function ingestionScene({
  sources = sourcesByHand(),
  besides,
  trustedProxies,
  through,
}: SceneSettings = {}): Promise<IngestionScene> {
  startTracing();
  const database = besides?.database ?? (await freshDatabase());
  const pool = openPool({
    databaseUrl: database.url,
    role: ingestionRole,
    schema: 'ingestion',
    applicationName: 'ingestion test',
    connectionsMax: 10,
  });
  const logger = createLogger('ingestion test', 'silent');
  const ledger = openLedger({ pool });
  const feed = openLedgerFeed({ ledger, pool, log: logger, hint: ledger });
  const app: NestFastifyApplication = await createService({
    logger,
    pool,
    publicRead: true,
    trustedProxies,
    modules: [
      IngestionModule.with({
        pool,
        ledger: through?.(ledger) ?? ledger,
        feed,
        relay: null,
        corridorsFile: null,
        coders: [rulesCoder],
        sources,
      }),
    ],
    refusals: ingestionRefusals,
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const authorization = besides?.authorization ?? `Bearer ${(await createAdminKeyOnce(pool)) ?? ''}`;
  return {
    ledger,
    authorization,
    database,
    pool,
    send: async <Body>(
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      url: string,
      payload?: object,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Answer<Body>> => {
      const answer = await app.inject({
        method,
        url,
        headers: { authorization, ...headers },
        ...(payload !== undefined && { payload }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: (answer.body === '' ? null : answer.json()) as Body,
      };
    },
    sendLines: async <Line>(url: string, lines: readonly object[]): Promise<readonly Line[]> => {
      const answer = await app.inject({
        method: 'POST',
        url,
        headers: { authorization, 'content-type': 'application/x-ndjson' },
        payload: lines.map((line) => JSON.stringify(line)).join('\n'),
      });
      return answer.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line);
    },
    settled: async () => {
      for (const { name, reads } of [statementsProjector, claimsProjector, assessmentsProjector])
        await until(`${name} has read the whole ledger`, () => hasReadAll(pool, name, reads));
    },
    close: async () => {
      await app.close();
      await feed.close();
      await ledger.close();
      await pool.end();
      if (besides === undefined) await database.drop();
    },
  };
}
