import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ledgerReaderRole } from '#ledger';
import { ensureRole, type SchemaMigrations } from '#platform';
import { createLogTables, createReadTable } from './schema/tables.sql.ts';
import { transparencyRole } from './transparency.roles.ts';

class CreateTransparency1764400000000 implements MigrationInterface {
  readonly name = 'CreateTransparency1764400000000';

  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, transparencyRole);
    await migration.query(`GRANT ${ledgerReaderRole} TO ${transparencyRole}`);
    await migration.query(createLogTables);
    await migration.query(createReadTable);
  }

  /** Signed checkpoints cannot be made again: a log that forgot them could sign another history. */
  down(): Promise<void> {
    return Promise.reject(new Error('The log and what it signed are not dropped by a migration'));
  }
}

export const transparencyMigrations: SchemaMigrations = {
  schema: 'transparency',
  migrations: [CreateTransparency1764400000000],
};
