import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * What was decided when: turns of the decision and settings get rows that are known from a position, until a position.
 * Rows from before cannot have them, so that all of it is projected again from the ledger.
 */
export class AddTurns1764300000000 implements MigrationInterface {
  readonly name = 'AddTurns1764300000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE blockade_status.turn (
        corridor    text NOT NULL,
        from_day    date NOT NULL,
        known_from  bigint NOT NULL,
        known_until bigint,
        decision    json NOT NULL,
        PRIMARY KEY (corridor, from_day, known_from)
      );
      COMMENT ON TABLE blockade_status.turn IS
        'The days on which the decision turns: from that day on it is this one, until the next turn. Known from a ledger '
        'position until a position; what was known at a position is never written again.';
      COMMENT ON COLUMN blockade_status.turn.known_until IS
        'The ledger position from which it is known no longer; a read as of an earlier one still sees it.';
      CREATE UNIQUE INDEX turn_known ON blockade_status.turn (corridor, from_day) WHERE known_until IS NULL;

      CREATE TABLE blockade_status.evidence_day (
        corridor    text NOT NULL,
        on_day      date NOT NULL,
        known_from  bigint NOT NULL,
        known_until bigint,
        PRIMARY KEY (corridor, on_day, known_from)
      );
      COMMENT ON TABLE blockade_status.evidence_day IS
        'Local days of a corridor with evidence or an assessment, known from a ledger position until a position.';
      CREATE UNIQUE INDEX evidence_day_known ON blockade_status.evidence_day (corridor, on_day)
        WHERE known_until IS NULL;

      CREATE TABLE blockade_status.corridor_setting (
        corridor text NOT NULL,
        position bigint NOT NULL,
        kind     text NOT NULL,
        name     text NOT NULL,
        value    json NOT NULL,
        PRIMARY KEY (corridor, kind, name, position)
      );
      COMMENT ON TABLE blockade_status.corridor_setting IS
        'Grades, assessments, rules and the days that time has reached, as events set them; of one kind and name the '
        'latest up to a ledger position held at it.';

      TRUNCATE blockade_status.corridor, blockade_status.corridor_definition, blockade_status.claim,
        blockade_status.statement_end, blockade_status.status_change;
      ALTER TABLE blockade_status.corridor
        ADD COLUMN stale boolean NOT NULL,
        ADD COLUMN confidence text NOT NULL,
        ADD COLUMN since date,
        ADD COLUMN conflict boolean NOT NULL,
        ADD COLUMN holds_from date,
        ADD COLUMN rule text NOT NULL,
        ADD COLUMN lapses json NOT NULL,
        ADD COLUMN lapses_on date;
      COMMENT ON COLUMN blockade_status.corridor.state IS 'The latest state, with its evidence.';
      COMMENT ON COLUMN blockade_status.corridor.holds_from IS
        'The local day from which on, without end, the latest state is the one that holds.';
      COMMENT ON COLUMN blockade_status.corridor.lapses IS
        'What time alone will make of the status: days, and what it becomes on them.';
      CREATE INDEX corridor_lapsing ON blockade_status.corridor (lapses_on) WHERE lapses_on IS NOT NULL;
      ALTER TABLE blockade_status.status_change ADD COLUMN type text NOT NULL;
      CREATE INDEX claim_by_day ON blockade_status.claim (corridor, type, valid_from) WHERE valid_from IS NOT NULL;

      CREATE TABLE blockade_status.decided (lane int PRIMARY KEY, position bigint NOT NULL);
      COMMENT ON TABLE blockade_status.decided IS
        'How far decisions were made before everything was projected again: those are in the ledger, and are not made '
        'anew.';
      INSERT INTO blockade_status.decided SELECT lane, position FROM blockade_status.checkpoint
        WHERE projector = 'corridor-status';
      DELETE FROM blockade_status.checkpoint WHERE projector = 'corridor-status';
      DELETE FROM blockade_status.parked_key WHERE projector = 'corridor-status';

      GRANT SELECT, INSERT, UPDATE, DELETE ON blockade_status.turn, blockade_status.evidence_day,
        blockade_status.corridor_setting TO corridor_watch_blockade_status;
      GRANT SELECT ON blockade_status.decided TO corridor_watch_blockade_status;
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP TABLE blockade_status.turn, blockade_status.evidence_day, blockade_status.corridor_setting,
        blockade_status.decided;
      DROP INDEX blockade_status.claim_by_day;
      ALTER TABLE blockade_status.status_change DROP COLUMN type;
      ALTER TABLE blockade_status.corridor
        DROP COLUMN stale,
        DROP COLUMN confidence,
        DROP COLUMN since,
        DROP COLUMN conflict,
        DROP COLUMN holds_from,
        DROP COLUMN rule,
        DROP COLUMN lapses,
        DROP COLUMN lapses_on;
    `);
  }
}
