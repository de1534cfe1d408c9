import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyReply } from 'fastify';
import { z } from 'zod';
import { RequireScope } from '#access';
import { DeliveryById } from './delivery.query.ts';
import { deliveryFilter, DeliveryList } from './delivery-list.query.ts';
import { Redeliver } from './redeliver.command.ts';
import { TestWebhook } from './test-webhook.command.ts';
import { webhookEventFilter, WebhookEvents } from './webhook-events.query.ts';

const id = z.uuid();

@Controller('v1')
@RequireScope('webhooks:manage')
export class DeliveriesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('webhooks/:id/test')
  async test(
    @Param('id', { schema: id }) webhookId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { deliveryId, attempted } = await this.commands.execute(new TestWebhook(webhookId));
    void reply.status(attempted ? 200 : 202);
    return this.queries.execute(new DeliveryById(deliveryId));
  }

  @Get('webhooks/:id/deliveries')
  async deliveries(
    @Param('id', { schema: id }) webhookId: string,
    @Query({ schema: deliveryFilter }) filter: z.output<typeof deliveryFilter>,
  ) {
    return this.queries.execute(new DeliveryList(webhookId, filter));
  }

  @Get('webhooks/:id/events')
  async events(
    @Param('id', { schema: id }) webhookId: string,
    @Query({ schema: webhookEventFilter }) filter: z.output<typeof webhookEventFilter>,
  ) {
    return this.queries.execute(new WebhookEvents(webhookId, filter));
  }

  @Get('deliveries/:id')
  async byId(@Param('id', { schema: id }) deliveryId: string) {
    return this.queries.execute(new DeliveryById(deliveryId));
  }

  @Post('deliveries/:id/redeliver')
  @HttpCode(202)
  async redeliver(@Param('id', { schema: id }) deliveryId: string) {
    await this.commands.execute(new Redeliver(deliveryId));
    return this.queries.execute(new DeliveryById(deliveryId));
  }
}
