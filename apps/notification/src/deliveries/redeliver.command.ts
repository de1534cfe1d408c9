import { inTransaction } from '#platform';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { NOTIFICATION_LIMITS, NOTIFICATION_POOL } from '../notification.tokens.ts';
import { type SubscriptionLimits } from '../subscriptions/create-webhook.command.ts';
import { WebhookDisabledError } from '../subscriptions/webhook.error.ts';
import { UnknownDeliveryError } from './delivery.error.ts';
import { wakeUpChannel } from './fan-out.ts';

/** Sends a message again that is delivered, dead or discarded: same id, same sequence, same bytes. */
export class Redeliver extends Command<void> {
  constructor(readonly deliveryId: string) {
    super();
  }
}

@CommandHandler(Redeliver)
export class RedeliverHandler implements ICommandHandler<Redeliver> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(NOTIFICATION_LIMITS) private readonly limits: SubscriptionLimits,
  ) {}

  async execute({ deliveryId }: Redeliver): Promise<void> {
    await inTransaction(this.pool, async (tx) => {
      const { rows } = await tx.query<{ webhook_id: string; phase: string }>(
        `SELECT l.webhook_id, l.phase FROM notification.lane AS l JOIN notification.message AS m USING (webhook_id)
         WHERE m.delivery_id = $1 FOR UPDATE OF l`,
        [deliveryId],
      );
      const lane = rows[0];
      if (lane === undefined) throw new UnknownDeliveryError(deliveryId);
      if (lane.phase === 'disabled') throw new WebhookDisabledError(lane.webhook_id);
      await tx.query(
        `UPDATE notification.message
         SET state = 'pending', replay = true, fault_count = 0, death_reason = NULL, ended_at = NULL,
             not_before = now(), dies_at = now() + $2 * interval '1 millisecond'
         WHERE delivery_id = $1 AND state IN ('delivered', 'dead', 'discarded')`,
        [deliveryId, this.limits.messageAgeMs],
      );
      await tx.query(
        `UPDATE notification.lane
         SET revision = revision + 1, due_at = LEAST(due_at, GREATEST(now(), hold_until)) WHERE webhook_id = $1`,
        [lane.webhook_id],
      );
      await tx.query(`NOTIFY ${wakeUpChannel}`);
    });
  }
}
