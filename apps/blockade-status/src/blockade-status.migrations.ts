import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { accessRole } from '#access';
import { feedRole } from '#feed';
import { ledgerWriterRole } from '#ledger';
import { ensureRole, type SchemaMigrations } from '#platform';
import { createProjectionTables, dropProjectionTables } from '#projection';

export const blockadeStatusRole = 'corridor_watch_blockade_status';

class CreateBlockadeStatus1764000000000 implements MigrationInterface {
  readonly name = 'CreateBlockadeStatus1764000000000';

  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, blockadeStatusRole);
    await createProjectionTables(migration, 'blockade_status');
    await migration.query(`
      CREATE TABLE blockade_status.corridor (
        corridor         text PRIMARY KEY,
        definition       json NOT NULL,
        status           text NOT NULL,
        disputed         boolean NOT NULL,
        last_evidence_on date,
        state            json NOT NULL,
        position         bigint NOT NULL
      );
      COMMENT ON COLUMN blockade_status.corridor.state IS
        'The state on the last day with evidence; without news it goes on, so it is also the current one.';
      COMMENT ON COLUMN blockade_status.corridor.position IS
        'The last event that touched the corridor; tells a cached evidence book from a stale one.';

      CREATE TABLE blockade_status.corridor_definition (
        corridor   text NOT NULL,
        position   bigint NOT NULL,
        definition json NOT NULL,
        PRIMARY KEY (corridor, position)
      );
      COMMENT ON TABLE blockade_status.corridor_definition IS
        'Every definition a corridor ever had, so that the past can be derived as it was known then.';

      CREATE TABLE blockade_status.claim (
        claim_id     uuid NOT NULL,
        corridor     text NOT NULL,
        statement_id uuid NOT NULL,
        position     bigint NOT NULL,
        retracted_at bigint,
        published_at timestamptz NOT NULL,
        type         text NOT NULL,
        speaker      text NOT NULL,
        claim        json NOT NULL,
        PRIMARY KEY (corridor, claim_id)
      );
      COMMENT ON COLUMN blockade_status.claim.position IS 'The ledger position at which the claim became known.';
      COMMENT ON COLUMN blockade_status.claim.retracted_at IS
        'The ledger position at which its statement was retracted; a read as of an earlier one still sees it.';
      CREATE INDEX claim_by_position ON blockade_status.claim (corridor, position);
      CREATE INDEX claim_by_statement ON blockade_status.claim (statement_id);

      CREATE TABLE blockade_status.status_change (
        position    bigint PRIMARY KEY,
        corridor    text NOT NULL,
        recorded_at text NOT NULL,
        change      json NOT NULL
      );
      CREATE INDEX status_change_by_corridor ON blockade_status.status_change (corridor, position);

      GRANT USAGE ON SCHEMA blockade_status TO ${blockadeStatusRole};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA blockade_status TO ${blockadeStatusRole};
      REVOKE ALL ON blockade_status.migration FROM ${blockadeStatusRole};
      GRANT ${accessRole}, ${feedRole}, ${ledgerWriterRole} TO ${blockadeStatusRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP TABLE blockade_status.corridor, blockade_status.corridor_definition, blockade_status.claim,
        blockade_status.status_change`);
    await dropProjectionTables(migration, 'blockade_status');
  }
}

export const blockadeStatusMigrations: SchemaMigrations = {
  schema: 'blockade_status',
  migrations: [CreateBlockadeStatus1764000000000],
};
