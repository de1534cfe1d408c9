import { z } from 'zod';
import { numberSetting, readSettings } from '#platform';
import { checkSasl, serviceSettings } from '#service';
import { auditSettings } from './audit/audit.config.ts';

/** What keeping the status of corridors needs, in any deployment. */
export const statusSettings = {
  /** How often it is looked whether a status has lapsed; a corridor must have been quiet for as long. */
  FRESHNESS_CHECK_SECONDS: numberSetting(1, 86_400).default(60),
};

const settings = z
  .object({
    ...serviceSettings,
    ...statusSettings,
    ...auditSettings,
    PORT: serviceSettings.PORT.default(3002),
  })
  .superRefine(checkSasl);
export type BlockadeStatusSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function blockadeStatusSettings(environment = process.env): BlockadeStatusSettings {
  return readSettings(settings, environment);
}
