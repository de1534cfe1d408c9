import { randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { createAdminKeyOnce, setAdminKey, sharedSecret } from '#access';
import {
  openKafkaFeed,
  openKafkaPublisher,
  openLedgerFeed,
  type Feed,
  type LedgerFeedParts,
  type RelayParts,
} from '#feed';
import { openLedger } from '#ledger';
import { openPool, startTracing, type Logger, type RunningService, type SchemaMigrations } from '#platform';
import {
  createService,
  feedCounter,
  kafkaOf,
  migrateWhenReachable,
  sharedMigrations,
  warnOfExcessPower,
} from '#service';
import { auditOptions } from '../../blockade-status/src/audit/audit.config.ts';
import { AuditModule } from '../../blockade-status/src/audit/audit.module.ts';
import { auditRefusals } from '../../blockade-status/src/audit/audit.refusals.ts';
import {
  blockadeStatusMigrations,
  blockadeStatusRole,
} from '../../blockade-status/src/blockade-status.migrations.ts';
import { BlockadeStatusModule } from '../../blockade-status/src/blockade-status.module.ts';
import { blockadeStatusRefusals } from '../../blockade-status/src/corridors/corridor.refusals.ts';
import { readCoders } from '../../ingestion/src/ingestion.coders.ts';
import { ingestionMigrations } from '../../ingestion/src/ingestion.migrations.ts';
import { IngestionModule } from '../../ingestion/src/ingestion.module.ts';
import { ingestionRefusals } from '../../ingestion/src/ingestion.refusals.ts';
import { ingestionRole } from '../../ingestion/src/ingestion.role.ts';
import { sourceOptions } from '../../ingestion/src/sources/source.config.ts';
import { notificationMigrations, notificationRole } from '../../notification/src/notification.migrations.ts';
import { NotificationModule } from '../../notification/src/notification.module.ts';
import { notificationOptions } from '../../notification/src/notification.options.ts';
import { notificationRefusals } from '../../notification/src/notification.refusals.ts';
import { type DatabaseAccess } from './database.ts';
import { type StandaloneSettings } from './standalone.config.ts';

export interface Standalone extends RunningService {
  /**
   * Makes the admin key on the first call for this database; null ever after, or when the settings gave one. To be
   * called when everything else has started, for it can be shown this once only.
   */
  readonly createAdminKey: () => Promise<string | null>;
}

const connectionsMax = 10;

/** The three services in one process. Not yet listening. */
export async function startStandalone(
  database: DatabaseAccess,
  settings: StandaloneSettings,
  logger: Logger,
): Promise<Standalone> {
  startTracing();
  const rooms = [...sharedMigrations, ingestionMigrations, blockadeStatusMigrations, notificationMigrations];
  await migrateWhenReachable(database.ownerUrl, rooms, logger);
  const poolOf = async (role: string, { schema }: SchemaMigrations): Promise<Pool> =>
    openPool({
      databaseUrl: await database.loginFor(role),
      role,
      schema,
      applicationName: `corridor-watch standalone ${schema}`,
      connectionsMax,
    });
  const pools = {
    ingestion: await poolOf(ingestionRole, ingestionMigrations),
    blockadeStatus: await poolOf(blockadeStatusRole, blockadeStatusMigrations),
    notification: await poolOf(notificationRole, notificationMigrations),
  };
  await warnOfExcessPower(pools.ingestion, logger);
  const ledger = openLedger({ pool: pools.ingestion });
  const counter = feedCounter();
  const { feed, relay } = await openTransport(settings, {
    ledger,
    pool: pools.ingestion,
    log: logger,
    hint: ledger,
    count: counter.count,
  });
  const release = async () => {
    await feed.close();
    await ledger.close();
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
  };
  try {
    const secretKey =
      settings.WEBHOOK_SECRET_KEY ?? (await sharedSecret(pools.notification, 'webhook secrets'));
    const options = notificationOptions(settings, `http://localhost:${settings.PORT}`);
    const corridorsFile = settings.CORRIDORS_FILE ?? null;
    const coders = await readCoders(settings.CODING_DATA_FILE);
    const app = await createService({
      logger,
      pool: pools.ingestion,
      publicRead: settings.PUBLIC_READ,
      trustedProxies: settings.TRUSTED_PROXIES,
      counters: [counter.counter],
      modules: [
        IngestionModule.with({
          pool: pools.ingestion,
          ledger,
          feed,
          relay,
          corridorsFile,
          coders,
          sources: sourceOptions(settings),
        }),
        BlockadeStatusModule.with({
          pool: pools.blockadeStatus,
          ledger,
          feed,
          upkeepEveryMs: settings.FRESHNESS_CHECK_SECONDS * 1_000,
        }),
        AuditModule.with({
          pool: pools.blockadeStatus,
          ledger,
          options: auditOptions(settings, settings.DATA_DIR),
        }),
        NotificationModule.with({ pool: pools.notification, ledger, feed, secretKey, options }),
      ],
      refusals: {
        ...ingestionRefusals,
        ...blockadeStatusRefusals,
        ...auditRefusals,
        ...notificationRefusals,
      },
    });
    return {
      app,
      release,
      createAdminKey: () => adminKey(pools.ingestion, settings.CORRIDOR_WATCH_ADMIN_KEY),
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Kafka and a relay where brokers are given, else the ledger's own feed, which needs neither. */
async function openTransport(
  { KAFKA_BROKERS, ...settings }: StandaloneSettings,
  parts: LedgerFeedParts,
): Promise<{ feed: Feed; relay: RelayParts | null }> {
  if (KAFKA_BROKERS === undefined) return { feed: openLedgerFeed(parts), relay: null };
  const kafka = { ...parts, ...kafkaOf('standalone', { ...settings, KAFKA_BROKERS }) };
  const relay = { ...parts, publisher: openKafkaPublisher(kafka), holder: randomUUID() };
  return { feed: await openKafkaFeed(kafka), relay };
}

async function adminKey(pool: Pool, given: string | undefined): Promise<string | null> {
  if (given === undefined) return createAdminKeyOnce(pool);
  await setAdminKey(pool, given);
  return null;
}
