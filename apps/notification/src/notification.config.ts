import { readFileSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { booleanSetting, numberSetting, readSettings } from '#platform';
import { checkSasl, serviceSettings } from '#service';

/** What webhooks need, in any deployment. Each has a default that is safe in production. */
export const webhookSettings = {
  /** Where the API answers, for links in messages. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** Seals secrets and custom headers in the database; one that is made and kept there when not set. */
  WEBHOOK_SECRET_KEY: z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === 32, 'must be base64 of 32 bytes')
    .optional(),
  /** Lets webhooks reach 127.0.0.0/8, ::1 and localhost, by http and on any port. */
  WEBHOOK_ALLOW_LOOPBACK: booleanSetting.default(false),
  /** Lets webhooks use http. */
  WEBHOOK_ALLOW_HTTP: booleanSetting.default(false),
  /** Single addresses inside the own network that webhooks may reach. */
  WEBHOOK_ALLOWED_ADDRESSES: listOf('must be IP addresses joined by commas', (address) =>
    ipaddr.isValid(address),
  )
    .transform((addresses) => addresses.map((address) => ipaddr.process(address).toString()))
    .default([]),
  /** `address` or `address:port`; the machine's own when not set. */
  WEBHOOK_DNS_SERVERS: listOf('must be addresses of DNS servers joined by commas', (server) =>
    ipaddr.isValid(server.replace(/:\d{1,5}$/, '').replace(/^\[|\]$/g, '')),
  ).default([]),
  /** PEM file of authorities to trust instead of those that Node ships. */
  WEBHOOK_CA_FILE: z.string().transform(readPem).optional(),
  WEBHOOK_DNS_TIMEOUT_MS: numberSetting(50, 10_000).default(2_000),
  WEBHOOK_CONNECT_TIMEOUT_MS: numberSetting(50, 30_000).default(5_000),
  WEBHOOK_HEADERS_TIMEOUT_MS: numberSetting(50, 60_000).default(15_000),
  WEBHOOK_ATTEMPT_TIMEOUT_MS: numberSetting(100, 60_000).default(20_000),
  /** Shrinks every wait of the schedule; for tests. */
  WEBHOOK_SCHEDULE_SCALE: z
    .string()
    .regex(/^\d{1,2}(\.\d{1,6})?$/, 'must be a number from 0.00001 to 10')
    .transform(Number)
    .pipe(z.number().min(0.000_01).max(10))
    .default(1),
  /** Messages a second right after an endpoint recovered; doubles each second. */
  WEBHOOK_RAMP_START_PER_SECOND: numberSetting(1, 1_000).default(1),
  /** 75 h 35 min; from an hour to 14 days. */
  WEBHOOK_MESSAGE_AGE_MINUTES: numberSetting(60, 20_160).default(4_535),
  /** Endpoints worked on at once by one process. */
  WEBHOOK_LANES_MAX: numberSetting(1, 2_000).default(256),
  /** How soon work is found whose wake-up was lost. */
  WEBHOOK_POLL_MS: numberSetting(20, 60_000).default(1_000),
  WEBHOOKS_MAX: numberSetting(1, 10_000).default(1_000),
  WEBHOOK_ATTEMPTS_KEPT_DAYS: numberSetting(1, 3_650).default(90),
};

export type WebhookSettings = z.output<z.ZodObject<typeof webhookSettings>>;

const settings = z
  .object({ ...serviceSettings, ...webhookSettings, PORT: serviceSettings.PORT.default(3003) })
  .superRefine(checkSasl);
export type NotificationSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function notificationSettings(environment = process.env): NotificationSettings {
  return readSettings(settings, environment);
}

function listOf(expected: string, isValid: (item: string) => boolean) {
  return z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .refine((items) => items.every(isValid), expected);
}

function readPem(file: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `cannot be read: ${(error as Error).message}` });
    return z.NEVER;
  }
}
