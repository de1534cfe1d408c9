import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ensureRole, type SchemaMigrations } from '#platform';
import { ledgerEraserRole, ledgerReaderRole, ledgerWriterRole } from './ledger.roles.ts';
import { createAppend } from './schema/append.sql.ts';
import { createPartitioning } from './schema/partitions.sql.ts';
import { createPositionAt } from './schema/position-at.sql.ts';
import { createProtection } from './schema/protection.sql.ts';
import { createRedaction } from './schema/redaction.sql.ts';
import { createTables } from './schema/tables.sql.ts';

class CreateLedger1764000000000 implements MigrationInterface {
  readonly name = 'CreateLedger1764000000000';

  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, ledgerReaderRole);
    await ensureRole(migration, ledgerWriterRole);
    await migration.query(`GRANT ${ledgerReaderRole} TO ${ledgerWriterRole}`);
    await migration.query(createTables);
    await migration.query(createProtection);
    await migration.query(createPartitioning);
    await migration.query(createAppend);
    await migration.query(createPositionAt);
  }

  /** The one table that cannot be rebuilt from anything is not dropped by a command. */
  down(): Promise<void> {
    return Promise.reject(new Error('The ledger is not dropped by a migration'));
  }
}

class RedactPayloads1765000000000 implements MigrationInterface {
  readonly name = 'RedactPayloads1765000000000';

  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, ledgerEraserRole);
    await migration.query(`GRANT ${ledgerReaderRole} TO ${ledgerEraserRole}`);
    await migration.query(createRedaction);
  }

  /** The stubs are all that is left of what was redacted. */
  down(): Promise<void> {
    return Promise.reject(new Error('Stubs are not dropped by a migration'));
  }
}

export const ledgerMigrations: SchemaMigrations = {
  schema: 'ledger',
  migrations: [CreateLedger1764000000000, RedactPayloads1765000000000],
};
