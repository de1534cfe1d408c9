import { inTransaction } from '#platform';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type AddressGuard } from '#address-guard';
import { ADDRESS_GUARD, NOTIFICATION_LIMITS, NOTIFICATION_POOL } from '../notification.tokens.ts';
import { type SubscriptionLimits } from '../subscriptions/create-webhook.command.ts';
import { UnknownWebhookError, WebhookDisabledError } from '../subscriptions/webhook.error.ts';
import { wakeUpChannel } from './fan-out.ts';

/** Sends a `webhook.test` on the same way as everything else, and waits for its first attempt. */
export class TestWebhook extends Command<TestedWebhook> {
  constructor(readonly webhookId: string) {
    super();
  }
}

export interface TestedWebhook {
  readonly deliveryId: string;
  /** False when the message waits behind others or for a failing endpoint. */
  readonly attempted: boolean;
}

/** One attempt ends within 20 s. */
const waitMs = 22_000;
const lookEveryMs = 100;

@CommandHandler(TestWebhook)
export class TestWebhookHandler implements ICommandHandler<TestWebhook> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(ADDRESS_GUARD) private readonly guard: AddressGuard,
    @Inject(NOTIFICATION_LIMITS) private readonly limits: SubscriptionLimits,
  ) {}

  async execute({ webhookId }: TestWebhook): Promise<TestedWebhook> {
    await this.#checkAddress(webhookId);
    const { deliveryId, phase } = await this.#addMessage(webhookId);
    return { deliveryId, attempted: phase === 'healthy' && (await this.#isAttempted(deliveryId)) };
  }

  async #checkAddress(webhookId: string): Promise<void> {
    const { rows } = await this.pool.query<{ url: string }>(
      'SELECT url FROM notification.webhook WHERE webhook_id = $1',
      [webhookId],
    );
    if (rows[0] === undefined) throw new UnknownWebhookError(webhookId);
    await this.guard.check(rows[0].url);
  }

  async #addMessage(webhookId: string): Promise<{ deliveryId: string; phase: string }> {
    return inTransaction(this.pool, async (tx) => {
      const { rows: lanes } = await tx.query<{ phase: string }>(
        'SELECT phase FROM notification.lane WHERE webhook_id = $1 FOR UPDATE',
        [webhookId],
      );
      if (lanes[0] === undefined) throw new UnknownWebhookError(webhookId);
      if (lanes[0].phase === 'disabled') throw new WebhookDisabledError(webhookId);
      const eventId = randomUUID();
      const occurredAt = new Date().toISOString();
      const body = JSON.stringify({ type: 'webhook.test', timestamp: occurredAt, data: { webhookId } });
      const { rows } = await tx.query<{ delivery_id: string }>(insertTest, [
        webhookId,
        eventId,
        occurredAt,
        Buffer.from(body),
        this.limits.messageAgeMs,
      ]);
      await tx.query(`NOTIFY ${wakeUpChannel}`);
      return { deliveryId: rows[0]?.delivery_id ?? '', phase: lanes[0].phase };
    });
  }

  async #isAttempted(deliveryId: string): Promise<boolean> {
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      const { rowCount } = await this.pool.query(
        'SELECT 1 FROM notification.attempt WHERE delivery_id = $1 AND ended_at IS NOT NULL LIMIT 1',
        [deliveryId],
      );
      if (rowCount === 1) return true;
      await pause(lookEveryMs);
    }
    return false;
  }
}

const insertTest = `
  WITH stored AS (
    INSERT INTO notification.event (event_id, type, occurred_at, body) VALUES ($2, 'webhook.test', $3, $4)
  ),
  lane AS (
    UPDATE notification.lane
    SET last_sequence = last_sequence + 1, revision = revision + 1,
        due_at = LEAST(due_at, GREATEST(now(), hold_until))
    WHERE webhook_id = $1 RETURNING last_sequence
  )
  INSERT INTO notification.message (webhook_id, sequence, event_id, dies_at)
  SELECT $1, last_sequence, $2, now() + $5 * interval '1 millisecond' FROM lane
  RETURNING delivery_id`;
