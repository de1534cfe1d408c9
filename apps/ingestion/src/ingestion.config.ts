import { z } from 'zod';
import { readSettings } from '#platform';
import { checkSasl, serviceSettings } from '#service';
import { sourceSettings } from './sources/source.config.ts';

const settings = z
  .object({
    ...serviceSettings,
    ...sourceSettings,
    PORT: serviceSettings.PORT.default(3001),
    /** A JSON file of corridors to register when they are not known; the Lachin corridor when not set. */
    CORRIDORS_FILE: z.string().optional(),
    /** A JSON file that extends the words and rules of the coder (`libs/coding/README.md`). */
    CODING_DATA_FILE: z.string().optional(),
  })
  .superRefine(checkSasl);
export type IngestionSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function ingestionSettings(environment = process.env): IngestionSettings {
  return readSettings(settings, environment);
}
