import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Empties the index, so that each text's words are read from the ledger at the next start. */
export class KeepVocabularies1764700000000 implements MigrationInterface {
  readonly name = 'KeepVocabularies1764700000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      ALTER TABLE ingestion.text
        ADD COLUMN fetched boolean NOT NULL DEFAULT false,
        ADD COLUMN vocabulary bytea NOT NULL DEFAULT '';
      COMMENT ON COLUMN ingestion.text.fetched IS 'We fetched it ourselves, so it was the whole page.';
      COMMENT ON COLUMN ingestion.text.vocabulary IS
        'Hashes of its words (libs/near-duplicates), to tell a new version of a page from another fact of it. Empty '
        'where an instance from before wrote it: it then resembles nothing, until the index is built anew.';
      CREATE INDEX text_standing_by_page ON ingestion.text (page, position)
        WHERE page IS NOT NULL AND superseded_by IS NULL;
      COMMENT ON INDEX ingestion.text_standing_by_page IS
        'Gives the last ones of a page in their order, however many stand there or stood.';
      TRUNCATE ingestion.text, ingestion.text_band;
      UPDATE ingestion.text_index SET position = 0;
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP INDEX ingestion.text_standing_by_page;
      ALTER TABLE ingestion.text DROP COLUMN fetched, DROP COLUMN vocabulary;
    `);
  }
}
