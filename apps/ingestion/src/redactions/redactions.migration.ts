import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ledgerEraserRole } from '#ledger';
import { ingestionRole } from '../ingestion.role.ts';

export class RedactStatements1765000000000 implements MigrationInterface {
  readonly name = 'RedactStatements1765000000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE ingestion.redaction (statement_id uuid PRIMARY KEY);
      COMMENT ON TABLE ingestion.redaction IS 'Statements whose words are gone; derived from the ledger.';

      CREATE TABLE ingestion.unkept_address (url text PRIMARY KEY);
      COMMENT ON TABLE ingestion.unkept_address IS
        'Feeds and pages that gave words which were redacted, and may go on to: of what is fetched there the hash is '
        'kept, and the bytes are not.';
      ALTER TABLE ingestion.received_bytes ADD COLUMN url text;
      COMMENT ON COLUMN ingestion.received_bytes.url IS
        'Where they were first fetched; null for those from before it was noted.';

      GRANT SELECT, INSERT, UPDATE, DELETE ON ingestion.redaction, ingestion.unkept_address TO ${ingestionRole};
      GRANT ${ledgerEraserRole} TO ${ingestionRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      REVOKE ${ledgerEraserRole} FROM ${ingestionRole};
      ALTER TABLE ingestion.received_bytes DROP COLUMN url;
      DROP TABLE ingestion.redaction, ingestion.unkept_address;
      DELETE FROM ingestion.checkpoint WHERE projector = 'ingestion-redactions';
    `);
  }
}
