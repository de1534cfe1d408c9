import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ingestionRole } from '../ingestion.role.ts';

export class CreateTextIndex1764300000000 implements MigrationInterface {
  readonly name = 'CreateTextIndex1764300000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE ingestion.text (
        position      bigint PRIMARY KEY,
        statement_id  uuid NOT NULL UNIQUE,
        publisher     text NOT NULL,
        published_at  timestamptz NOT NULL,
        cluster       uuid NOT NULL,
        wording       uuid NOT NULL,
        page          uuid,
        revises       uuid,
        superseded_by uuid,
        retracted     boolean NOT NULL DEFAULT false,
        sketch        bytea NOT NULL
      );
      COMMENT ON TABLE ingestion.text IS
        'Every text received, as later ones are compared with it. Written under the lock of the intake, and derived '
        'from the ledger: empty it with text_band and set text_index.position to 0, and it is read anew.';
      COMMENT ON COLUMN ingestion.text.wording IS 'One for publisher and text, however it was typeset.';
      COMMENT ON COLUMN ingestion.text.page IS 'One for publisher and address, however it is spelt.';
      COMMENT ON COLUMN ingestion.text.sketch IS 'MinHash and figures (libs/near-duplicates); no text can be read out of it.';
      CREATE INDEX text_by_cluster ON ingestion.text (cluster, position);
      CREATE INDEX text_by_wording ON ingestion.text (wording);
      CREATE INDEX text_by_page ON ingestion.text (page, position) WHERE page IS NOT NULL;
      CREATE INDEX text_by_revises ON ingestion.text (revises) WHERE revises IS NOT NULL;

      CREATE TABLE ingestion.text_band (
        band     integer NOT NULL,
        position bigint NOT NULL,
        PRIMARY KEY (band, position)
      );
      COMMENT ON TABLE ingestion.text_band IS 'Finds the texts that may be copies of each other: they share a band.';

      CREATE TABLE ingestion.text_index (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        position bigint NOT NULL
      );
      COMMENT ON TABLE ingestion.text_index IS 'The position up to which every text of the ledger is in ingestion.text.';
      INSERT INTO ingestion.text_index (position) VALUES (0);

      GRANT SELECT, INSERT, UPDATE, DELETE ON ingestion.text, ingestion.text_band, ingestion.text_index
        TO ${ingestionRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE ingestion.text, ingestion.text_band, ingestion.text_index');
  }
}
