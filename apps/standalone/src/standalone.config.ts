import { z } from 'zod';
import { databaseUrlSetting, logLevelSetting, portSetting, readSettings } from '#platform';
import { checkSasl, commonSettings, databaseOwnerUrlSetting, kafkaSettings } from '#service';
import { auditSettings } from '../../blockade-status/src/audit/audit.config.ts';
import { statusSettings } from '../../blockade-status/src/blockade-status.config.ts';
import { sourceSettings } from '../../ingestion/src/sources/source.config.ts';
import { webhookSettings } from '../../notification/src/notification.config.ts';

const settings = z
  .object({
    ...commonSettings,
    ...statusSettings,
    ...auditSettings,
    ...webhookSettings,
    ...sourceSettings,
    ...kafkaSettings,
    /** With brokers the events travel over Kafka, as between the services; without, the ledger is read itself. */
    KAFKA_BROKERS: kafkaSettings.KAFKA_BROKERS.optional(),
    PORT: portSetting.default(3000),
    /** The address to listen on; only this machine by default. */
    HOST: z.string().default('127.0.0.1'),
    /** Where the embedded Postgres keeps its data. */
    DATA_DIR: z.string().default('.data'),
    /** A Postgres to use in place of the embedded one; its user may create schemas and roles. */
    DATABASE_URL: databaseUrlSetting.optional(),
    /** Where it is given, the user of `DATABASE_URL` is a limited login, and this one migrates. */
    DATABASE_OWNER_URL: databaseOwnerUrlSetting.optional(),
    /** A terminal is for people: requests are logged from `info` on. */
    LOG_LEVEL: logLevelSetting.default('warn'),
    CORRIDORS_FILE: z.string().optional(),
    CODING_DATA_FILE: z.string().optional(),
  })
  .superRefine(checkSasl)
  .refine(
    ({ DATABASE_URL, DATABASE_OWNER_URL }) => DATABASE_URL !== undefined || DATABASE_OWNER_URL === undefined,
    { path: ['DATABASE_URL'], message: 'must be set when DATABASE_OWNER_URL is' },
  );
export type StandaloneSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function standaloneSettings(environment = process.env): StandaloneSettings {
  return readSettings(settings, environment);
}
