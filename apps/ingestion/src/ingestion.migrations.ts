import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { accessRole } from '#access';
import { feedRole } from '#feed';
import { ledgerWriterRole } from '#ledger';
import { ensureRole, type SchemaMigrations } from '#platform';
import { createProjectionTables, dropProjectionTables } from '#projection';
import { ListAssessments1764600000000 } from './assessments/assessments.migration.ts';
import { ingestionRole } from './ingestion.role.ts';
import { CreateTextIndex1764300000000 } from './intake/text-index.migration.ts';
import { KeepVocabularies1764700000000 } from './intake/vocabulary.migration.ts';
import { RedactStatements1765000000000 } from './redactions/redactions.migration.ts';
import { AddRecodingRuns1764500000000 } from './recoding/recoding.migration.ts';
import { AddReplay1764900000000 } from './replay/replay.migration.ts';
import { CreateSources1764200000000 } from './sources/source.tables.ts';
import { ListClustersAndReadings1764400000000 } from './statements/statement-list.migration.ts';

class CreateIngestion1764000000000 implements MigrationInterface {
  readonly name = 'CreateIngestion1764000000000';

  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, ingestionRole);
    await createProjectionTables(migration, 'ingestion');
    await migration.query(`
      CREATE TABLE ingestion.statement (
        statement_id uuid PRIMARY KEY,
        publisher    text NOT NULL,
        url          text,
        published_at timestamptz NOT NULL,
        title        text,
        language     text,
        position     bigint NOT NULL UNIQUE
      );
      COMMENT ON TABLE ingestion.statement IS
        'Derived from the ledger, for lists; the text itself stays in the ledger, where a redaction can reach it.';
      CREATE INDEX statement_by_publisher ON ingestion.statement (publisher, position DESC);

      CREATE TABLE ingestion.statement_claim (
        statement_id uuid NOT NULL,
        corridor     text NOT NULL,
        type         text NOT NULL,
        speaker      text NOT NULL,
        PRIMARY KEY (statement_id, corridor, type, speaker)
      );
      COMMENT ON TABLE ingestion.statement_claim IS
        'No foreign key: claims travel under the corridor''s key and may come before their statement.';
      CREATE INDEX statement_claim_by_corridor ON ingestion.statement_claim (corridor, type);

      CREATE TABLE ingestion.retraction (statement_id uuid PRIMARY KEY);

      GRANT USAGE ON SCHEMA ingestion TO ${ingestionRole};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ingestion TO ${ingestionRole};
      REVOKE ALL ON ingestion.migration FROM ${ingestionRole};
      GRANT ${accessRole}, ${feedRole}, ${ledgerWriterRole} TO ${ingestionRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE ingestion.statement, ingestion.statement_claim, ingestion.retraction');
    await dropProjectionTables(migration, 'ingestion');
  }
}

class AddClaims1764100000000 implements MigrationInterface {
  readonly name = 'AddClaims1764100000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE ingestion.claim (
        claim_id     uuid PRIMARY KEY,
        statement_id uuid NOT NULL,
        corridor     text NOT NULL,
        type         text NOT NULL,
        status       text,
        speaker      text NOT NULL,
        confidence   double precision NOT NULL,
        coder        text NOT NULL,
        state        text NOT NULL,
        review       text NOT NULL,
        reviewer     text,
        reviewed_at  timestamptz,
        position     bigint NOT NULL
      );
      COMMENT ON TABLE ingestion.claim IS
        'Derived from the ledger, for the reviewers'' lists and to find a claim''s statement; the words stay in the '
        'ledger, where a redaction can reach them.';
      COMMENT ON COLUMN ingestion.claim.state IS 'standing, replaced, rejected, retracted or superseded.';
      COMMENT ON COLUMN ingestion.claim.review IS 'pending, confirmed, amended, added or rejected.';
      COMMENT ON COLUMN ingestion.claim.position IS 'The ledger position of the event that brought this version of it.';
      CREATE INDEX claim_by_statement ON ingestion.claim (statement_id);
      CREATE INDEX claim_by_confidence ON ingestion.claim (review, confidence, claim_id)
        WHERE state IN ('standing', 'rejected');
      CREATE INDEX claim_by_position ON ingestion.claim (position, claim_id) WHERE state IN ('standing', 'rejected');
      GRANT SELECT, INSERT, UPDATE, DELETE ON ingestion.claim TO ${ingestionRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP TABLE ingestion.claim;
      DELETE FROM ingestion.checkpoint WHERE projector = 'ingestion-claims';
    `);
  }
}

export const ingestionMigrations: SchemaMigrations = {
  schema: 'ingestion',
  migrations: [
    CreateIngestion1764000000000,
    AddClaims1764100000000,
    CreateSources1764200000000,
    CreateTextIndex1764300000000,
    ListClustersAndReadings1764400000000,
    AddRecodingRuns1764500000000,
    ListAssessments1764600000000,
    KeepVocabularies1764700000000,
    AddReplay1764900000000,
    RedactStatements1765000000000,
  ],
};
