import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Pool } from 'pg';
import { accessMigrations, setAdminKey } from '#access';
import { feedMigrations, openKafkaFeed, type Feed, type KafkaConnection, type TopicSettings } from '#feed';
import { ledgerMigrations, openLedger, type PostgresLedger } from '#ledger';
import {
  admitToRole,
  createLogger,
  isMigratedByOthers,
  migrate,
  openPool,
  startTracing,
  type Logger,
  type SchemaMigrations,
} from '#platform';
import { transparencyMigrations } from '#transparency';
import { warnOfExcessPower } from './excess-power.ts';
import { feedCounter, type FeedCounter } from './feed-counter.ts';
import { replayMigrations } from '#replay';
import { type KafkaSettings, type ServiceSettings } from './service.settings.ts';

/** What every service of the distributed deployment stands on. */
export interface Foundation {
  readonly logger: Logger;
  readonly pool: Pool;
  readonly ledger: PostgresLedger;
  readonly feed: Feed;
  readonly kafka: KafkaConnection & TopicSettings;
  readonly feedCounter: FeedCounter;
  /** Closes all of it, what was opened last first. */
  readonly release: () => Promise<void>;
}

export interface FoundationParts {
  readonly service: string;
  /** The role that the service's statements run as. */
  readonly role: string;
  readonly migrations: SchemaMigrations;
  readonly settings: ServiceSettings;
}

/** The rooms that every service needs, in the order in which they are migrated. */
export const sharedMigrations: readonly SchemaMigrations[] = [
  accessMigrations,
  ledgerMigrations,
  feedMigrations,
  transparencyMigrations,
  replayMigrations,
];

/** Migrates, and opens the pool, the ledger and the feed. Waits for a Postgres that comes late. */
export async function layFoundation(parts: FoundationParts): Promise<Foundation> {
  const { service, role, migrations, settings } = parts;
  const logger = createLogger(service, settings.LOG_LEVEL);
  startTracing();
  const { DATABASE_URL: databaseUrl, DATABASE_OWNER_URL: ownerUrl } = settings;
  await migrateWhenReachable(
    ownerUrl ?? databaseUrl,
    [...sharedMigrations, migrations],
    logger,
    ownerUrl === undefined ? 'DATABASE_URL' : 'DATABASE_OWNER_URL',
  );
  if (ownerUrl !== undefined) await admitToRole(ownerUrl, databaseUrl, role);
  const pool = openPool({
    databaseUrl,
    role,
    schema: migrations.schema,
    applicationName: `corridor-watch ${service}`,
    connectionsMax: settings.DATABASE_CONNECTIONS_MAX,
  });
  await warnOfExcessPower(pool, logger);
  if (settings.CORRIDOR_WATCH_ADMIN_KEY !== undefined)
    await setAdminKey(pool, settings.CORRIDOR_WATCH_ADMIN_KEY);
  const ledger = openLedger({ pool });
  const counter = feedCounter();
  const kafka = kafkaOf(service, settings);
  const feed = await openKafkaFeed({
    ...kafka,
    ledger,
    pool,
    log: logger,
    count: counter.count,
  });
  return {
    logger,
    pool,
    ledger,
    feed,
    kafka,
    feedCounter: counter,
    release: async () => {
      await feed.close();
      await ledger.close();
      await pool.end();
    },
  };
}

const databaseWaitMs = 60_000;

/** With compose or a restart of the database the service may be there first. */
export async function migrateWhenReachable(
  databaseUrl: string,
  rooms: readonly SchemaMigrations[],
  logger: Logger,
  nameOfUrl = 'DATABASE_URL',
): Promise<void> {
  const deadline = Date.now() + databaseWaitMs;
  for (;;) {
    try {
      if (await isMigratedByOthers(databaseUrl))
        logger.warn(`the user of ${nameOfUrl} may not migrate: the tables are taken as they are`);
      else await migrate(databaseUrl, rooms);
      return;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const unreachable = [
        'ECONNREFUSED',
        'ENOTFOUND',
        'EAI_AGAIN',
        'ETIMEDOUT',
        'ECONNRESET',
        '57P03',
      ].includes(code ?? '');
      if (!unreachable || Date.now() > deadline) {
        throw new Error(`Cannot start: the database of ${nameOfUrl} cannot be prepared: ${message || code}`, {
          cause: error,
        });
      }
      logger.warn({ reason: message || code }, 'waiting for the database');
      await pause(1_000);
    }
  }
}

/** The settings as the feed wants them. */
export function kafkaOf(service: string, settings: KafkaSettings): KafkaConnection & TopicSettings {
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = settings;
  return {
    brokers: settings.KAFKA_BROKERS,
    clientId: `corridor-watch-${service}-${hostname()}`,
    topic: settings.KAFKA_TOPIC,
    replicationFactor: settings.KAFKA_REPLICATION_FACTOR,
    retentionMs: settings.KAFKA_RETENTION_HOURS * 3_600_000,
    ...(settings.KAFKA_TLS && {
      ssl: settings.KAFKA_TLS_CA_FILE === undefined ? true : { ca: settings.KAFKA_TLS_CA_FILE },
    }),
    ...(username !== undefined &&
      password !== undefined && { sasl: { mechanism: settings.KAFKA_SASL_MECHANISM, username, password } }),
  };
}
