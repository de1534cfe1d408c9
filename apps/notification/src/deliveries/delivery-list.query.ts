import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { NOTIFICATION_POOL } from '../notification.tokens.ts';
import { UnknownWebhookError } from '../subscriptions/webhook.error.ts';
import {
  deliveryView,
  selectDeliveries,
  shownState,
  type DeliveryRow,
  type DeliveryView,
} from './delivery.view.ts';

export const deliveryFilter = z.strictObject({
  ...pageQuery,
  state: z.enum(['pending', 'sending', 'delivered', 'dead', 'discarded', 'held']).optional(),
});

/** The delivery log of a webhook, newest message first, each with its last attempts. */
export class DeliveryList extends Query<Page<DeliveryView>> {
  constructor(
    readonly webhookId: string,
    readonly filter: z.output<typeof deliveryFilter>,
  ) {
    super();
  }
}

const attemptCountMax = 10;

@QueryHandler(DeliveryList)
export class DeliveryListHandler implements IQueryHandler<DeliveryList> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ webhookId, filter: { cursor, limit, state } }: DeliveryList): Promise<Page<DeliveryView>> {
    const list = `deliveries ${webhookId}`;
    const before = cursor === undefined ? null : this.cursors.open(list, cursor);
    const { rows } = await this.pool.query<DeliveryRow>(
      `${selectDeliveries(attemptCountMax)}
       WHERE m.webhook_id = $1 AND ($2::bigint IS NULL OR m.sequence < $2)
         AND ($3::text IS NULL OR ${shownState} = $3)
       ORDER BY m.sequence DESC LIMIT $4`,
      [webhookId, before, state ?? null, limit + 1],
    );
    if (rows.length === 0) await mustExist(this.pool, webhookId);
    return pageOf(rows, limit, deliveryView, ({ sequence }) => this.cursors.seal(list, sequence));
  }
}

/** An empty list and a webhook that never was are two answers. */
export async function mustExist(pool: Pool, webhookId: string): Promise<void> {
  const { rowCount } = await pool.query('SELECT 1 FROM notification.webhook WHERE webhook_id = $1', [
    webhookId,
  ]);
  if (rowCount === 0) throw new UnknownWebhookError(webhookId);
}
