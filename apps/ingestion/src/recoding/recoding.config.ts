import { z } from 'zod';
import { databaseUrlSetting, readSettings } from '#platform';

const settings = z.object({
  /** The database of the services; the embedded one in `DATA_DIR` when not set, as for `npm start`. */
  DATABASE_URL: databaseUrlSetting.optional(),
  DATA_DIR: z.string().default('.data'),
  /** As the services have it, so that a text is coded again as it would be at intake. */
  CODING_DATA_FILE: z.string().optional(),
});
export type RecodingSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function recodingSettings(environment = process.env): RecodingSettings {
  return readSettings(settings, environment);
}
