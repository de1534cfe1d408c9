import { accessMigrations } from '#access';
import { feedMigrations } from '#feed';
import { ledgerMigrations } from '#ledger';
import { type SchemaMigrations } from '#platform';
import { transparencyMigrations } from '#transparency';
import { replayMigrations } from '#replay';
import { blockadeStatusMigrations } from '../../apps/blockade-status/src/blockade-status.migrations.ts';
import { ingestionMigrations } from '../../apps/ingestion/src/ingestion.migrations.ts';
import { notificationMigrations } from '../../apps/notification/src/notification.migrations.ts';

/** The rooms whose tables the template database holds, in the order in which they are migrated. */
export const rooms: readonly SchemaMigrations[] = [
  accessMigrations,
  ledgerMigrations,
  feedMigrations,
  transparencyMigrations,
  replayMigrations,
  ingestionMigrations,
  blockadeStatusMigrations,
  notificationMigrations,
];
