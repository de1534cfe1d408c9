import { type CorridorDefinition } from '#events';
import { type Tx } from '#projection';
import { type BookSettings } from '#status';
import {
  firstSettings,
  type Setting,
  type SettingEvent,
  settingOf,
  withSetting,
} from './corridor-settings.ts';
import { type StatusRules } from './status-rules.ts';

export async function insertSettings(tx: Tx, events: readonly SettingEvent[]): Promise<void> {
  if (events.length === 0) return;
  const settings = events.map(settingOf);
  await tx.query(
    `INSERT INTO corridor_setting (corridor, position, kind, name, value)
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::json[]) ON CONFLICT DO NOTHING`,
    [
      events.map(({ payload }) => payload.corridor),
      settings.map(({ position }) => position),
      settings.map(({ kind }) => kind),
      settings.map(({ name }) => name),
      settings.map(({ value }) => JSON.stringify(value)),
    ],
  );
}

/**
 * How the evidence about a corridor was to be taken as of a ledger position, with that definition.
 * @throws UnknownRulesError
 */
export async function readSettings(
  db: Tx,
  corridor: string,
  knownAt: number,
  definition: CorridorDefinition,
  rules: StatusRules,
): Promise<BookSettings> {
  const { rows } = await db.query<{ position: string; kind: string; name: string; value: unknown }>(
    `SELECT * FROM (
       SELECT DISTINCT ON (kind, name) position, kind, name, value FROM corridor_setting
       WHERE corridor = $1 AND position <= $2 ORDER BY kind, name, position DESC) AS latest
     ORDER BY position`,
    [corridor, knownAt],
  );
  return rows
    .map((row) => ({ ...row, position: Number(row.position) }) as Setting)
    .reduce((settings, setting) => withSetting(settings, setting, rules), firstSettings(definition, rules));
}
