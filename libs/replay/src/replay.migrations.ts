import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ForgetWords1765000000001 } from './forgotten-words.migration.ts';
import { ensureRole, type SchemaMigrations } from '#platform';

/** Group role; the role of each service that replays is a member. */
export const replayRole = 'corridor_watch_replay';

class CreateReplay1764900000000 implements MigrationInterface {
  readonly name = 'CreateReplay1764900000000';

  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, replayRole);
    await migration.query(`
      CREATE TABLE replay.replayable (
        schema_name   text PRIMARY KEY,
        registered_at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON TABLE replay.replayable IS
        'Schemas that can be rebuilt from the ledger; each service enters its own when it starts.';

      CREATE TABLE replay.run (
        run_id       uuid PRIMARY KEY,
        number       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        to_position  bigint CHECK (to_position > 0),
        switch       boolean NOT NULL,
        requested_by text NOT NULL,
        requested_at timestamptz NOT NULL DEFAULT now(),
        cancelled_at timestamptz
      );
      COMMENT ON COLUMN replay.run.to_position IS
        'The last ledger position that is replayed; null where it goes as far as the live projection is.';
      COMMENT ON COLUMN replay.run.switch IS
        'Whether the rebuilt tables take the place of the live ones when they are complete.';

      CREATE TABLE replay.part (
        run_id       uuid NOT NULL REFERENCES replay.run,
        schema_name  text NOT NULL,
        state        text NOT NULL DEFAULT 'waiting' CHECK (state IN
          ('waiting', 'rebuilding', 'comparing', 'switching', 'identical', 'different', 'failed', 'cancelled')),
        position     bigint NOT NULL DEFAULT 0,
        through      bigint,
        event_count  bigint NOT NULL DEFAULT 0,
        rate         double precision,
        result       jsonb,
        failure      text,
        lease_token  uuid,
        leased_until timestamptz,
        started_at   timestamptz,
        switched_at  timestamptz,
        finished_at  timestamptz,
        PRIMARY KEY (run_id, schema_name)
      );
      COMMENT ON TABLE replay.part IS
        'What one service does of a run: it rebuilds its own schema, in <schema>_rebuild, under a lease.';
      COMMENT ON COLUMN replay.part.position IS
        'Every event up to here is in the rebuilt tables; moves in the transaction that writes their rows.';
      COMMENT ON COLUMN replay.part.rate IS 'Events a second, as last measured.';
      COMMENT ON COLUMN replay.part.lease_token IS
        'Of whoever works on it; every write demands it, so that one that was taken over writes nothing.';
      CREATE UNIQUE INDEX part_under_way ON replay.part (schema_name) WHERE finished_at IS NULL;
      COMMENT ON INDEX replay.part_under_way IS 'Two replays of a schema at once would fill the same tables.';

      GRANT USAGE ON SCHEMA replay TO ${replayRole};
      GRANT SELECT, INSERT, UPDATE ON replay.replayable, replay.run, replay.part TO ${replayRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE replay.part, replay.run, replay.replayable');
  }
}

export const replayMigrations: SchemaMigrations = {
  schema: 'replay',
  migrations: [CreateReplay1764900000000, ForgetWords1765000000001],
};
