import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { accessRole } from '#access';
import { feedRole } from '#feed';
import { ledgerReaderRole } from '#ledger';
import { ensureRole, type SchemaMigrations } from '#platform';
import { createProjectionTables, dropProjectionTables } from '#projection';

export const notificationRole = 'corridor_watch_notification';

class CreateNotification1764000000000 implements MigrationInterface {
  readonly name = 'CreateNotification1764000000000';

  async up(migration: QueryRunner): Promise<void> {
    await ensureRole(migration, notificationRole);
    await createProjectionTables(migration, 'notification');
    await migration.query(`
      CREATE TABLE notification.webhook (
        webhook_id     uuid PRIMARY KEY,
        url            text NOT NULL,
        events         text[] NOT NULL,
        corridors      text[] NOT NULL,
        min_confidence text,
        ordered        boolean NOT NULL,
        sealed_headers text,
        header_names   text[] NOT NULL,
        secrets        jsonb NOT NULL,
        from_position  bigint NOT NULL,
        version        int NOT NULL DEFAULT 1,
        created_at     timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON COLUMN notification.webhook.corridors IS 'Empty means every corridor.';
      COMMENT ON COLUMN notification.webhook.sealed_headers IS
        'Custom headers carry credentials, so they are encrypted like the secrets.';
      COMMENT ON COLUMN notification.webhook.secrets IS
        'Newest first, encrypted; older ones sign beside it until they expire, so that a receiver can change over.';
      COMMENT ON COLUMN notification.webhook.from_position IS
        'The ledger''s head at creation: a feed that rewinds must not send what happened before the webhook was.';
      COMMENT ON COLUMN notification.webhook.version IS
        'Rises with every change, so that a worker in the middle of a lane notices a new URL or secret.';

      CREATE SEQUENCE notification.lease_token;
      CREATE TABLE notification.lane (
        webhook_id    uuid PRIMARY KEY REFERENCES notification.webhook ON DELETE CASCADE,
        last_sequence bigint NOT NULL DEFAULT 0,
        revision      bigint NOT NULL DEFAULT 0,
        health        jsonb NOT NULL,
        phase         text NOT NULL GENERATED ALWAYS AS (health->>'phase') STORED,
        hold_until    timestamptz,
        due_at        timestamptz,
        lease_token   bigint NOT NULL DEFAULT 0,
        leased_until  timestamptz
      ) WITH (fillfactor = 50);
      COMMENT ON TABLE notification.lane IS
        'Apart from the webhook because every delivery writes it. Whoever locks several lanes MUST do so in order of webhook_id.';
      COMMENT ON COLUMN notification.lane.last_sequence IS
        'Dense: a receiver that sees 7 after 5 knows that it lost 6.';
      COMMENT ON COLUMN notification.lane.revision IS
        'Rises when work is added; a worker that found nothing may only go to rest on the revision it looked at.';
      COMMENT ON COLUMN notification.lane.hold_until IS
        'The next probe or the next step of the ramp: new messages must not wake the lane before it.';
      COMMENT ON COLUMN notification.lane.due_at IS 'When a worker should look at it next; null while it rests.';
      COMMENT ON COLUMN notification.lane.lease_token IS
        'Fencing: a worker that was frozen past its lease finds another token and can write nothing more.';
      CREATE INDEX lane_due ON notification.lane (due_at) WHERE due_at IS NOT NULL;

      CREATE TABLE notification.event (
        event_id    uuid PRIMARY KEY,
        type        text NOT NULL,
        corridor    text,
        position    bigint,
        occurred_at text NOT NULL,
        traceparent text,
        body        bytea NOT NULL
      );
      COMMENT ON COLUMN notification.event.event_id IS 'The webhook-id: the same on every try, endpoint and replay.';
      COMMENT ON COLUMN notification.event.body IS
        'The very bytes that are signed and sent; written anew, the JSON could differ and the signature with it.';
      COMMENT ON COLUMN notification.event.position IS 'Null for a webhook.test, which no ledger event caused.';

      CREATE TABLE notification.message (
        delivery_id   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        webhook_id    uuid NOT NULL REFERENCES notification.lane ON DELETE CASCADE,
        sequence      bigint NOT NULL,
        event_id      uuid NOT NULL REFERENCES notification.event,
        state         text NOT NULL DEFAULT 'pending'
                      CHECK (state IN ('pending', 'sending', 'delivered', 'dead', 'discarded')),
        attempt_count int NOT NULL DEFAULT 0,
        fault_count   int NOT NULL DEFAULT 0,
        replay        boolean NOT NULL DEFAULT false,
        not_before    timestamptz NOT NULL DEFAULT now(),
        dies_at       timestamptz NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        ended_at      timestamptz,
        death_reason  text,
        UNIQUE (webhook_id, sequence),
        UNIQUE (webhook_id, event_id)
      );
      COMMENT ON COLUMN notification.message.state IS
        'Pending in a disabled lane reads as held: one column less that could contradict the lane.';
      CREATE INDEX message_waiting ON notification.message (webhook_id, sequence) WHERE state = 'pending';
      CREATE INDEX message_expiring ON notification.message (dies_at) WHERE state = 'pending';
      CREATE INDEX message_dead ON notification.message (webhook_id, sequence) WHERE state = 'dead';
      CREATE INDEX message_by_event ON notification.message (event_id);

      CREATE TABLE notification.attempt (
        delivery_id      uuid NOT NULL REFERENCES notification.message ON DELETE CASCADE,
        number           int NOT NULL,
        webhook_id       uuid NOT NULL,
        lease_token      bigint NOT NULL,
        started_at       timestamptz NOT NULL,
        ended_at         timestamptz,
        outcome          text CHECK (outcome IN ('delivered', 'failed', 'outcome_unknown')),
        status           int,
        error_code       text,
        error_detail     text,
        duration_ms      int,
        response_excerpt text,
        PRIMARY KEY (delivery_id, number)
      );
      COMMENT ON TABLE notification.attempt IS
        'Written before the send and completed after it, so that a crash in between leaves an unknown outcome, not a guess.';
      CREATE INDEX attempt_open ON notification.attempt (webhook_id) WHERE ended_at IS NULL;
      CREATE INDEX attempt_by_age ON notification.attempt (started_at);

      GRANT USAGE ON SCHEMA notification TO ${notificationRole};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA notification TO ${notificationRole};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA notification TO ${notificationRole};
      REVOKE ALL ON notification.migration FROM ${notificationRole};
      GRANT ${accessRole}, ${feedRole}, ${ledgerReaderRole} TO ${notificationRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query(`
      DROP TABLE notification.attempt, notification.message, notification.event, notification.lane,
        notification.webhook;
      DROP SEQUENCE notification.lease_token`);
    await dropProjectionTables(migration, 'notification');
  }
}

class AddRedactions1765000000000 implements MigrationInterface {
  readonly name = 'AddRedactions1765000000000';

  async up(migration: QueryRunner): Promise<void> {
    await migration.query(`
      CREATE TABLE notification.redaction (statement_id uuid PRIMARY KEY);
      COMMENT ON TABLE notification.redaction IS
        'Statements whose words are gone: a decision that quotes one all the same is told without the quote.';
      GRANT SELECT, INSERT, UPDATE, DELETE ON notification.redaction TO ${notificationRole};
    `);
  }

  async down(migration: QueryRunner): Promise<void> {
    await migration.query('DROP TABLE notification.redaction');
  }
}

export const notificationMigrations: SchemaMigrations = {
  schema: 'notification',
  migrations: [CreateNotification1764000000000, AddRedactions1765000000000],
};
