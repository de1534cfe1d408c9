import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ingestionRole } from '../ingestion.role.ts';

export class ListAssessments1764600000000 implements MigrationInterface {
  readonly name = 'ListAssessments1764600000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE ingestion.assessment (
        assessment_id uuid PRIMARY KEY,
        corridor      text NOT NULL,
        state         text NOT NULL,
        position      bigint NOT NULL UNIQUE
      );
      COMMENT ON TABLE ingestion.assessment IS
        'Derived from the ledger, for lists; the words stay in the ledger, where a redaction can reach them.';
      COMMENT ON COLUMN ingestion.assessment.state IS 'standing or withdrawn.';
      CREATE INDEX assessment_by_corridor ON ingestion.assessment (corridor, position DESC);
      GRANT SELECT, INSERT, UPDATE, DELETE ON ingestion.assessment TO ${ingestionRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP TABLE ingestion.assessment;
      DELETE FROM ingestion.checkpoint WHERE projector = 'ingestion-assessments';
    `);
  }
}
