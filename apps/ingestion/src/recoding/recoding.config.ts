import { z } from 'zod';
import { readSettings } from '#platform';
import { commandDatabaseSchema } from '#service';

const settings = commandDatabaseSchema.extend({
  /** As the services have it, so that a text is coded again as it would be at intake. */
  CODING_DATA_FILE: z.string().optional(),
});
export type RecodingSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function recodingSettings(environment = process.env): RecodingSettings {
  return readSettings(settings, environment);
}
