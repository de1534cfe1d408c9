import { ensureRole, type SchemaMigrations } from '#platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The role that services use the feed's tables under; a service's own role is made a member of it. */
export const feedRole = 'corridor_watch_feed';

export class FeedTables1764000000001 implements MigrationInterface {
  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, feedRole);
    await migration.query(`
      CREATE TABLE feed.source (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        id       uuid NOT NULL DEFAULT gen_random_uuid()
      );
      INSERT INTO feed.source DEFAULT VALUES;
      COMMENT ON TABLE feed.source IS
        'Names this ledger on every record, so that the records of another one, or of this one before it was restored from a backup, are not taken for ours. Give it a new id after such a restore.';

      CREATE TABLE feed.relay_cursor (
        topic       text PRIMARY KEY,
        position    bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
        epoch       bigint NOT NULL DEFAULT 0,
        holder      text,
        lease_until timestamptz NOT NULL DEFAULT '-infinity'
      );
      COMMENT ON COLUMN feed.relay_cursor.position IS
        'The transport has confirmed everything up to here.';
      COMMENT ON COLUMN feed.relay_cursor.epoch IS
        'Rises with every election; moving the position demands one''s own epoch, so that a leader that was frozen writes nothing.';

      CREATE TABLE feed.relay_lane (
        topic    text NOT NULL,
        lane     int NOT NULL,
        position bigint NOT NULL,
        PRIMARY KEY (topic, lane)
      );
      COMMENT ON TABLE feed.relay_lane IS
        'The last position published in each lane: consumers that stand behind it and hear nothing refill from the ledger.';

      GRANT USAGE ON SCHEMA feed TO ${feedRole};
      GRANT SELECT ON feed.source TO ${feedRole};
      GRANT SELECT, INSERT, UPDATE ON feed.relay_cursor, feed.relay_lane TO ${feedRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE feed.relay_lane, feed.relay_cursor, feed.source');
  }
}

export const feedMigrations: SchemaMigrations = { schema: 'feed', migrations: [FeedTables1764000000001] };
