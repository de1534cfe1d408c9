import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class AddRedactions1765000000000 implements MigrationInterface {
  readonly name = 'AddRedactions1765000000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE blockade_status.redaction (
        statement_id uuid NOT NULL,
        corridor     text NOT NULL,
        position     bigint NOT NULL,
        PRIMARY KEY (statement_id, corridor)
      );
      COMMENT ON TABLE blockade_status.redaction IS
        'Statements whose words are gone, corridor by corridor: a decision that quotes one all the same, as it was made '
        'before the redaction was learnt of, is kept without the quote.';
      GRANT SELECT, INSERT, UPDATE, DELETE ON blockade_status.redaction TO corridor_watch_blockade_status;
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE blockade_status.redaction');
  }
}
