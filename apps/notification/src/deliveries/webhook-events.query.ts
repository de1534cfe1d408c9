import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { CURSORS, pageOf, type Cursors, type Page } from '#platform';
import { NOTIFICATION_POOL } from '../notification.tokens.ts';
import { mustExist } from './delivery-list.query.ts';
import { shownState, type DeliveryView } from './delivery.view.ts';

export const webhookEventFilter = z.strictObject({
  /** A `webhook-sequence`; what came after it is answered. */
  after: z.coerce.number().int().min(0).default(0),
  // A body may have 256 KiB, so that a page of these is smaller than one of other lists.
  limit: z.coerce
    .number()
    .int()
    .min(1, 'must be from 1 to 100')
    .max(100, 'must be from 1 to 100')
    .default(50),
  cursor: z.string().max(500).optional(),
});

/** A message to be pulled by a receiver that saw a gap in its sequences. */
export interface WebhookEventView {
  readonly sequence: number;
  /** The `webhook-id` header. */
  readonly id: string;
  readonly state: DeliveryView['state'];
  /** The body as it was signed, character for character. */
  readonly body: string;
}

export class WebhookEvents extends Query<Page<WebhookEventView>> {
  constructor(
    readonly webhookId: string,
    readonly filter: z.output<typeof webhookEventFilter>,
  ) {
    super();
  }
}

interface Row {
  readonly sequence: string;
  readonly event_id: string;
  readonly state: DeliveryView['state'];
  readonly body: Buffer;
}

@QueryHandler(WebhookEvents)
export class WebhookEventsHandler implements IQueryHandler<WebhookEvents> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({
    webhookId,
    filter: { after, cursor, limit },
  }: WebhookEvents): Promise<Page<WebhookEventView>> {
    const list = `webhook events ${webhookId}`;
    const { rows } = await this.pool.query<Row>(
      `SELECT m.sequence, m.event_id, ${shownState} AS state, e.body
       FROM notification.message AS m
       JOIN notification.event AS e USING (event_id)
       JOIN notification.lane AS l USING (webhook_id)
       WHERE m.webhook_id = $1 AND m.sequence > $2 ORDER BY m.sequence LIMIT $3`,
      [webhookId, cursor === undefined ? after : this.cursors.open(list, cursor), limit + 1],
    );
    if (rows.length === 0) await mustExist(this.pool, webhookId);
    return pageOf(rows, limit, eventView, ({ sequence }) => this.cursors.seal(list, sequence));
  }
}

function eventView({ sequence, event_id, state, body }: Row): WebhookEventView {
  return { sequence: Number(sequence), id: event_id, state, body: body.toString('utf8') };
}
