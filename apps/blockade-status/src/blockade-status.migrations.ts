import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { accessRole } from '#access';
import { feedRole } from '#feed';
import { ledgerWriterRole } from '#ledger';
import { ensureRole, type SchemaMigrations } from '#platform';
import { createProjectionTables, dropProjectionTables } from '#projection';
import { transparencyRole } from '#transparency';
import { AddClaimColumns1764200000000 } from './claims/claim-columns.migration.ts';
import { AddRedactions1765000000000 } from './corridor-status/redactions.migration.ts';
import { AddTurns1764300000000 } from './corridor-status/turns.migration.ts';
import { AddReplay1764900000000 } from './replay/replay.migration.ts';

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

/** Claims get versions: what a newer coding or a person makes of them is known from a position, until a position. */
class AddClaimVersions1764100000000 implements MigrationInterface {
  readonly name = 'AddClaimVersions1764100000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      ALTER TABLE blockade_status.claim
        ADD COLUMN review text NOT NULL DEFAULT 'pending',
        ADD COLUMN until_position bigint,
        ADD COLUMN ended_as text,
        DROP CONSTRAINT claim_pkey,
        ADD PRIMARY KEY (corridor, claim_id, position);
      UPDATE blockade_status.claim SET until_position = retracted_at, ended_as = 'retracted'
        WHERE retracted_at IS NOT NULL;
      UPDATE blockade_status.claim SET claim = (claim::jsonb
        || jsonb_build_object('cluster', statement_id, 'coderData', NULL, 'why', NULL))::json;
      COMMENT ON TABLE blockade_status.claim IS
        'Versions of claims: a row for each that an event brought. The latest row of a claim says how it is now.';
      COMMENT ON COLUMN blockade_status.claim.position IS
        'The ledger position at which this version became known.';
      COMMENT ON COLUMN blockade_status.claim.until_position IS
        'The ledger position from which it stands no longer; a read as of an earlier one still sees it. Null while it '
        'stands. A rejection is known from and until its own position: it is shown, and never stood.';
      COMMENT ON COLUMN blockade_status.claim.ended_as IS
        'replaced, rejected, retracted or superseded; null while it stands.';
      COMMENT ON COLUMN blockade_status.claim.review IS
        'What people have said of it: pending, confirmed, amended, added or rejected.';
      COMMENT ON COLUMN blockade_status.claim.retracted_at IS 'Before until_position. No longer read or written.';

      CREATE TABLE blockade_status.statement_end (
        statement_id uuid NOT NULL,
        corridor     text NOT NULL,
        position     bigint NOT NULL,
        ended_as     text NOT NULL,
        PRIMARY KEY (statement_id, corridor)
      );
      COMMENT ON TABLE blockade_status.statement_end IS
        'Statements that were retracted or superseded, corridor by corridor: whatever comes later about them, nothing '
        'of it counts.';
      INSERT INTO blockade_status.statement_end (statement_id, corridor, position, ended_as)
        SELECT statement_id, corridor, min(retracted_at), 'retracted' FROM blockade_status.claim
        WHERE retracted_at IS NOT NULL GROUP BY statement_id, corridor;
      GRANT SELECT, INSERT, UPDATE, DELETE ON blockade_status.statement_end TO ${blockadeStatusRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP TABLE blockade_status.statement_end;
      DELETE FROM blockade_status.claim WHERE ended_as IN ('replaced', 'rejected');
      ALTER TABLE blockade_status.claim
        DROP CONSTRAINT claim_pkey,
        ADD PRIMARY KEY (corridor, claim_id),
        DROP COLUMN review,
        DROP COLUMN until_position,
        DROP COLUMN ended_as;
    `);
  }
}

/** The service hosts the log over the ledger, and serves its proofs. */
class GrantTransparency1764400000000 implements MigrationInterface {
  readonly name = 'GrantTransparency1764400000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`GRANT ${transparencyRole} TO ${blockadeStatusRole}`);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`REVOKE ${transparencyRole} FROM ${blockadeStatusRole}`);
  }
}

export const blockadeStatusMigrations: SchemaMigrations = {
  schema: 'blockade_status',
  migrations: [
    CreateBlockadeStatus1764000000000,
    AddClaimVersions1764100000000,
    AddClaimColumns1764200000000,
    AddTurns1764300000000,
    GrantTransparency1764400000000,
    AddReplay1764900000000,
    AddRedactions1765000000000,
  ],
};
