import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  booleanSetting,
  databaseUrlSetting,
  logLevelSetting,
  numberSetting,
  portSetting,
  trustedProxiesSetting,
} from '#platform';

/** `cw_` and at least 128 random bits in base64url. */
export const adminKeySetting = z
  .string()
  .regex(/^cw_[\w-]{22,100}$/, 'must be "cw_" and 22 to 100 letters, digits, "-" or "_"');

/** Who migrates: may create schemas and roles. Without it that is the user of `DATABASE_URL`. */
export const databaseOwnerUrlSetting = databaseUrlSetting;

/** What every service reads, whatever else it needs. */
export const commonSettings = {
  CORRIDOR_WATCH_ADMIN_KEY: adminKeySetting.optional(),
  PUBLIC_READ: booleanSetting.default(true),
  LOG_LEVEL: logLevelSetting.default('info'),
  TRUSTED_PROXIES: trustedProxiesSetting.optional(),
};

/** Where Kafka is and how to be let in. */
export const kafkaSettings = {
  KAFKA_BROKERS: z
    .string('must be set, as in "kafka-1:9092,kafka-2:9092"')
    .regex(/^[^,\s]+:\d{1,5}(,[^,\s]+:\d{1,5})*$/, 'must be host:port pairs joined by commas')
    .transform((text) => text.split(',')),
  KAFKA_TOPIC: z
    .string()
    .regex(/^[\w.-]{1,200}$/, 'must be a Kafka topic name')
    .default('corridor-watch.events'),
  KAFKA_REPLICATION_FACTOR: numberSetting(1, 15).default(1),
  KAFKA_RETENTION_HOURS: numberSetting(1, 24 * 365).default(24 * 7),
  KAFKA_TLS: booleanSetting.default(false),
  KAFKA_TLS_CA_FILE: z.string().transform(readCertificate).optional(),
  KAFKA_SASL_MECHANISM: z
    .enum(['scram-sha-256', 'scram-sha-512', 'plain'], 'must be scram-sha-256, scram-sha-512 or plain')
    .default('scram-sha-512'),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
};

/** What a service of the distributed deployment needs on top. */
export const serviceSettings = {
  ...commonSettings,
  PORT: portSetting,
  /** The login that the service's connections use; with `DATABASE_OWNER_URL` a limited one. */
  DATABASE_URL: databaseUrlSetting,
  DATABASE_OWNER_URL: databaseOwnerUrlSetting.optional(),
  DATABASE_CONNECTIONS_MAX: numberSetting(2, 100).default(10),
  ...kafkaSettings,
};

export type ServiceSettings = z.output<z.ZodObject<typeof serviceSettings>>;
export type KafkaSettings = z.output<z.ZodObject<typeof kafkaSettings>>;

/** For `superRefine`: half a credential is a mistake, not a wish for none. */
export function checkSasl(
  {
    KAFKA_SASL_USERNAME: username,
    KAFKA_SASL_PASSWORD: password,
  }: Pick<KafkaSettings, 'KAFKA_SASL_USERNAME' | 'KAFKA_SASL_PASSWORD'>,
  context: z.RefinementCtx,
): void {
  if ((username === undefined) === (password === undefined)) return;
  const missing = username === undefined ? 'KAFKA_SASL_USERNAME' : 'KAFKA_SASL_PASSWORD';
  context.addIssue({
    code: 'custom',
    path: [missing],
    message: 'must be set when the other half of the pair is',
  });
}

function readCertificate(file: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `cannot be read: ${(error as Error).message}` });
    return z.NEVER;
  }
}
