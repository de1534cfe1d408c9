import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { NOTIFICATION_POOL } from '../notification.tokens.ts';
import { UnknownDeliveryError } from './delivery.error.ts';
import { deliveryView, selectDeliveries, type DeliveryRow, type DeliveryView } from './delivery.view.ts';

/** One delivery with all its attempts and the starts of their answers. */
export class DeliveryById extends Query<DeliveryView> {
  constructor(readonly deliveryId: string) {
    super();
  }
}

/** More than the steps can make of the longest age a message may have. */
const attemptCountMax = 2_000;

@QueryHandler(DeliveryById)
export class DeliveryByIdHandler implements IQueryHandler<DeliveryById> {
  constructor(@Inject(NOTIFICATION_POOL) private readonly pool: Pool) {}

  async execute({ deliveryId }: DeliveryById): Promise<DeliveryView> {
    const { rows } = await this.pool.query<DeliveryRow>(
      `${selectDeliveries(attemptCountMax, ", 'responseExcerpt', a.response_excerpt")} WHERE m.delivery_id = $1`,
      [deliveryId],
    );
    if (rows[0] === undefined) throw new UnknownDeliveryError(deliveryId);
    return deliveryView(rows[0]);
  }
}
