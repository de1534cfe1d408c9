import { ensureRole, type SchemaMigrations } from '#platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Group role; each service's role is a member. */
export const accessRole = 'corridor_watch_access';

class CreateAccess1764000000000 implements MigrationInterface {
  readonly name = 'CreateAccess1764000000000';

  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, accessRole);
    await migration.query(`
      CREATE TABLE access.api_key (
        id          text PRIMARY KEY,
        name        text NOT NULL,
        key_sha256  bytea NOT NULL UNIQUE,
        scopes      text[] NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        revoked_at  timestamptz
      );
      COMMENT ON COLUMN access.api_key.key_sha256 IS
        'Keys are 256 random bits, so a plain hash cannot be searched; the key itself is shown once and never stored.';

      CREATE TABLE access.idempotent_answer (
        key_id          text NOT NULL,
        idempotency_key text NOT NULL,
        request_sha256  bytea NOT NULL,
        status          int,
        body            bytea,
        begun_at        timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (key_id, idempotency_key)
      );
      COMMENT ON COLUMN access.idempotent_answer.status IS
        'Null while the first request is being worked on; such a row counts for two minutes, so that a crash does not block the key for ever.';
      COMMENT ON COLUMN access.idempotent_answer.body IS
        'Sealed with the API key of the caller: an answer may hold a secret that is shown once.';
      CREATE INDEX idempotent_answer_by_age ON access.idempotent_answer (begun_at);

      CREATE TABLE access.secret (name text PRIMARY KEY, value bytea NOT NULL);
      COMMENT ON TABLE access.secret IS
        'Random keys that every instance must share, such as the one that signs cursors; made on first use.';

      GRANT USAGE ON SCHEMA access TO ${accessRole};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA access TO ${accessRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE access.api_key, access.idempotent_answer, access.secret');
  }
}

/** So that answers of certain routes can be forgotten, though nobody here can read them. */
class NotePaths1765000000000 implements MigrationInterface {
  readonly name = 'NotePaths1765000000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query('ALTER TABLE access.idempotent_answer ADD COLUMN path text');
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('ALTER TABLE access.idempotent_answer DROP COLUMN path');
  }
}

export const accessMigrations: SchemaMigrations = {
  schema: 'access',
  migrations: [CreateAccess1764000000000, NotePaths1765000000000],
};
