import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ingestionRole } from '../ingestion.role.ts';

/** Expands only: an instance from before goes on writing its columns, and the defaults say what its events say. */
export class ListClustersAndReadings1764400000000 implements MigrationInterface {
  readonly name = 'ListClustersAndReadings1764400000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      ALTER TABLE ingestion.statement ADD COLUMN cluster uuid, ADD COLUMN detected_language text;
      COMMENT ON COLUMN ingestion.statement.cluster IS 'Null where it was listed before there were clusters: its own.';
      COMMENT ON COLUMN ingestion.statement.detected_language IS
        'Where the text is plainly in another language than the publisher says.';
      CREATE INDEX statement_by_cluster ON ingestion.statement ((coalesce(cluster, statement_id)), position DESC);

      ALTER TABLE ingestion.statement_claim ADD COLUMN by_person boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN ingestion.statement_claim.by_person IS 'A later coding replaces only what coders found.';
      ALTER TABLE ingestion.statement_claim DROP CONSTRAINT statement_claim_pkey;
      ALTER TABLE ingestion.statement_claim ADD PRIMARY KEY (statement_id, corridor, type, speaker, by_person);

      CREATE TABLE ingestion.supersession (statement_id uuid PRIMARY KEY, superseded_by uuid NOT NULL);
      CREATE TABLE ingestion.reading (statement_id uuid PRIMARY KEY);
      COMMENT ON TABLE ingestion.reading IS
        'Statements that a person has read or judged a claim of; they wait no longer to be coded by hand.';
      GRANT SELECT, INSERT, UPDATE, DELETE ON ingestion.supersession, ingestion.reading TO ${ingestionRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP TABLE ingestion.supersession, ingestion.reading;
      DELETE FROM ingestion.statement_claim WHERE by_person;
      ALTER TABLE ingestion.statement_claim DROP CONSTRAINT statement_claim_pkey, DROP COLUMN by_person;
      ALTER TABLE ingestion.statement_claim ADD PRIMARY KEY (statement_id, corridor, type, speaker);
      ALTER TABLE ingestion.statement DROP COLUMN cluster, DROP COLUMN detected_language;
    `);
  }
}
