import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { NOTIFICATION_POOL } from '../notification.tokens.ts';
import { UnknownWebhookError } from './webhook.error.ts';
import { selectWebhooks, webhookView, type WebhookRow, type WebhookView } from './webhook.view.ts';

export class WebhookById extends Query<WebhookView> {
  constructor(readonly webhookId: string) {
    super();
  }
}

@QueryHandler(WebhookById)
export class WebhookByIdHandler implements IQueryHandler<WebhookById> {
  constructor(@Inject(NOTIFICATION_POOL) private readonly pool: Pool) {}

  async execute({ webhookId }: WebhookById): Promise<WebhookView> {
    const { rows } = await this.pool.query<WebhookRow>(`${selectWebhooks} WHERE w.webhook_id = $1`, [
      webhookId,
    ]);
    if (rows[0] === undefined) throw new UnknownWebhookError(webhookId);
    return webhookView(rows[0], Date.now());
  }
}
