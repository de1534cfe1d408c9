import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ingestionRole } from '../ingestion.role.ts';

export class CreateSources1764200000000 implements MigrationInterface {
  readonly name = 'CreateSources1764200000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE ingestion.source (
        source          uuid PRIMARY KEY,
        feed_url        text NOT NULL,
        publisher       text NOT NULL,
        every_minutes   integer NOT NULL,
        about           text[] NOT NULL,
        position        bigint NOT NULL,
        feed_due_at     timestamptz NOT NULL,
        due_at          timestamptz NOT NULL,
        lease_token     bigint,
        leased_until    timestamptz,
        etag            text,
        last_modified   text,
        last_attempt_at timestamptz,
        last_success_at timestamptz,
        last_error_at   timestamptz,
        last_error_code text,
        last_error      text,
        failure_count   integer NOT NULL DEFAULT 0
      );
      COMMENT ON TABLE ingestion.source IS
        'The sources as the ledger has them, and how polling them goes, which is no fact about corridors.';
      COMMENT ON COLUMN ingestion.source.position IS
        'Of the event that it was last registered by: an older event, which comes again, changes nothing.';
      COMMENT ON COLUMN ingestion.source.due_at IS
        'The feed, or the page of one of its items, whichever comes first.';
      COMMENT ON COLUMN ingestion.source.lease_token IS
        'Rises with every lease; every write of a poll demands its own, so that one that was taken over writes nothing.';
      CREATE INDEX source_due ON ingestion.source (due_at);
      CREATE SEQUENCE ingestion.source_lease;

      CREATE TABLE ingestion.source_item (
        source             uuid NOT NULL REFERENCES ingestion.source ON DELETE CASCADE,
        guid               text NOT NULL,
        feed_sha256        bytea NOT NULL,
        url                text,
        title              text,
        language           text,
        published_at       timestamptz NOT NULL,
        summary            text NOT NULL,
        feed_fetched       jsonb NOT NULL,
        text_from          text NOT NULL CHECK (text_from IN ('feed', 'page')),
        text_sha256        bytea,
        summary_sent       boolean NOT NULL,
        statement_id       uuid,
        refused_code       text,
        first_seen_at      timestamptz NOT NULL,
        last_seen_at       timestamptz NOT NULL,
        listed             boolean NOT NULL DEFAULT true,
        disappeared        text CHECK (disappeared IN ('not_listed', 'gone')),
        page_due_at        timestamptz,
        page_etag          text,
        page_last_modified text,
        page_failure_count integer NOT NULL DEFAULT 0,
        page_error_code    text,
        PRIMARY KEY (source, guid)
      );
      COMMENT ON COLUMN ingestion.source_item.feed_sha256 IS
        'Of everything that the feed said of the item: what is the same need not be looked at again.';
      COMMENT ON COLUMN ingestion.source_item.text_sha256 IS
        'Of the text last sent in as a statement; a page that changes around its article sends nothing.';
      COMMENT ON COLUMN ingestion.source_item.summary IS
        'What the feed itself gives, which becomes the statement where the page cannot be read.';
      COMMENT ON COLUMN ingestion.source_item.feed_fetched IS
        'The fetch of the feed that last told of the item, for the custody of a statement made of its summary.';
      CREATE INDEX source_item_page_due ON ingestion.source_item (source, page_due_at) WHERE page_due_at IS NOT NULL;
      CREATE INDEX source_item_listed ON ingestion.source_item (source) WHERE listed;

      CREATE TABLE ingestion.received_bytes (
        sha256            bytea PRIMARY KEY,
        gzipped           bytea NOT NULL,
        byte_count        integer NOT NULL,
        first_received_at timestamptz NOT NULL
      );
      COMMENT ON TABLE ingestion.received_bytes IS
        'Feeds and pages that statements were made of, as they came; custody in the ledger names them by their hash.';
      ALTER TABLE ingestion.received_bytes ALTER COLUMN gzipped SET STORAGE EXTERNAL;

      GRANT SELECT, INSERT, UPDATE, DELETE
        ON ingestion.source, ingestion.source_item, ingestion.received_bytes TO ${ingestionRole};
      GRANT USAGE ON SEQUENCE ingestion.source_lease TO ${ingestionRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE ingestion.received_bytes, ingestion.source_item, ingestion.source');
    await migration.query('DROP SEQUENCE ingestion.source_lease');
    await migration.query("DELETE FROM ingestion.checkpoint WHERE projector = 'ingestion-sources'");
  }
}
