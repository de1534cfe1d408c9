import { z } from 'zod';
import { readSettings } from '#platform';
import { commandDatabaseSchema } from '#service';
import { auditOptions, auditSettings, type AuditOptions } from './audit.config.ts';

const settings = z.object({ ...commandDatabaseSchema.shape, ...auditSettings });
export type KeysSettings = z.output<typeof settings>;

/** @throws SettingsError naming every setting that is wrong */
export function keysSettings(environment = process.env): { settings: KeysSettings; options: AuditOptions } {
  const read = readSettings(settings, environment);
  return { settings: read, options: auditOptions(read, read.DATA_DIR) };
}
