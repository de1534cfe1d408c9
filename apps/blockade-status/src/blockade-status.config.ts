import { z } from 'zod';
import { readSettings } from '#platform';
import { checkSasl, serviceSettings } from '#service';

const settings = z
  .object({ ...serviceSettings, PORT: serviceSettings.PORT.default(3002) })
  .superRefine(checkSasl);
export type BlockadeStatusSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function blockadeStatusSettings(environment = process.env): BlockadeStatusSettings {
  return readSettings(settings, environment);
}
