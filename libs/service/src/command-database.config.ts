import { z } from 'zod';
import { databaseUrlSetting, readSettings } from '#platform';

/** Of commands that work on the database of the services, whether those run or not. */
export const commandDatabaseSchema = z.object({
  /** The embedded one in `DATA_DIR` when not set, as for `npm start`. */
  DATABASE_URL: databaseUrlSetting.optional(),
  DATA_DIR: z.string().default('.data'),
});
export type CommandDatabaseSettings = z.output<typeof commandDatabaseSchema>;

/** @throws SettingsError naming every setting that is wrong */
export function commandDatabaseSettings(environment = process.env): CommandDatabaseSettings {
  return readSettings(commandDatabaseSchema, environment);
}
