import { z } from 'zod';
import { databaseUrlSetting, readSettings } from '#platform';

const settings = z.object({
  /** The database of the services; the embedded one in `DATA_DIR` when not set, as for `npm start`. */
  DATABASE_URL: databaseUrlSetting.optional(),
  DATA_DIR: z.string().default('.data'),
});

/** @throws SettingsError naming every setting that is wrong */
export function replaySettings(environment = process.env): z.output<typeof settings> {
  return readSettings(settings, environment);
}
