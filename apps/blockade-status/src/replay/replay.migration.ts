import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { createRebuildFunctions, dropRebuildFunctions } from '#replay';

export class AddReplay1764900000000 implements MigrationInterface {
  readonly name = 'AddReplay1764900000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE blockade_status.derived_decision (
        event_id   uuid PRIMARY KEY,
        corridor   text NOT NULL,
        caused_by  bigint NOT NULL,
        type       text NOT NULL,
        rule       text NOT NULL,
        valid_from date,
        payload    json NOT NULL
      );
      COMMENT ON TABLE blockade_status.derived_decision IS
        'Empty: the shape of what a replay decides, in the schema that it rebuilds, to be held against the ledger.';
      GRANT SELECT, INSERT, UPDATE, DELETE ON blockade_status.derived_decision TO corridor_watch_blockade_status;
    `);
    await createRebuildFunctions(migration, 'blockade_status', 'corridor_watch_blockade_status');
  }

  async down(migration: QueryRunner): Promise<void> {
    await dropRebuildFunctions(migration, 'blockade_status');
    await migration.query('DROP TABLE blockade_status.derived_decision');
  }
}
