import { z } from 'zod';
import { logLevelSetting, portSetting, readSettings, trustedProxiesSetting } from '#platform';

const service = z.url({ protocol: /^https?$/, error: 'must be an http:// URL' });

const settings = z.object({
  PORT: portSetting.default(3000),
  INGESTION_URL: service,
  BLOCKADE_STATUS_URL: service,
  NOTIFICATION_URL: service,
  LOG_LEVEL: logLevelSetting.default('info'),
  /** Proxies before this one, whose `X-Forwarded-For` is believed. */
  TRUSTED_PROXIES: trustedProxiesSetting.optional(),
});
export type GatewaySettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function gatewaySettings(environment = process.env): GatewaySettings {
  return readSettings(settings, environment);
}
