import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { NOTIFICATION_POOL } from '../notification.tokens.ts';
import { selectWebhooks, webhookView, type WebhookRow, type WebhookView } from './webhook.view.ts';

export const webhookFilter = z.strictObject(pageQuery);

export class WebhookList extends Query<Page<WebhookView>> {
  constructor(readonly filter: z.output<typeof webhookFilter>) {
    super();
  }
}

const list = 'webhooks';

@QueryHandler(WebhookList)
export class WebhookListHandler implements IQueryHandler<WebhookList> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ filter: { cursor, limit } }: WebhookList): Promise<Page<WebhookView>> {
    const after = cursor === undefined ? null : this.cursors.open(list, cursor);
    const { rows } = await this.pool.query<WebhookRow>(
      `${selectWebhooks} WHERE $1::uuid IS NULL OR w.webhook_id > $1 ORDER BY w.webhook_id LIMIT $2`,
      [after, limit + 1],
    );
    const nowMs = Date.now();
    return pageOf(
      rows,
      limit,
      (row) => webhookView(row, nowMs),
      ({ webhook_id }) => this.cursors.seal(list, webhook_id),
    );
  }
}
