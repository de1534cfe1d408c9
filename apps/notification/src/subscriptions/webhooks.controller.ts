import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { RequireScope } from '#access';
import { ChangeWebhook } from './change-webhook.command.ts';
import { CreateWebhook } from './create-webhook.command.ts';
import { EnableWebhook } from './enable-webhook.command.ts';
import { RemoveWebhook } from './remove-webhook.command.ts';
import { RotateSecret } from './rotate-secret.command.ts';
import {
  enabling,
  secretRotation,
  webhookChange,
  webhookInput,
  type Enabling,
  type WebhookChange,
  type WebhookInput,
} from './webhook.input.ts';
import { webhookFilter, WebhookList } from './webhook-list.query.ts';
import { WebhookById } from './webhook.query.ts';

const id = z.uuid();

@Controller('v1/webhooks')
@RequireScope('webhooks:manage')
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  async create(@Body({ schema: webhookInput }) input: WebhookInput) {
    const { webhookId, secret } = await this.commands.execute(new CreateWebhook(input));
    return { ...(await this.queries.execute(new WebhookById(webhookId))), secret };
  }

  @Get()
  async list(@Query({ schema: webhookFilter }) filter: z.output<typeof webhookFilter>) {
    return this.queries.execute(new WebhookList(filter));
  }

  @Get(':id')
  async byId(@Param('id', { schema: id }) webhookId: string) {
    return this.queries.execute(new WebhookById(webhookId));
  }

  @Patch(':id')
  async change(
    @Param('id', { schema: id }) webhookId: string,
    @Body({ schema: webhookChange }) change: WebhookChange,
  ) {
    await this.commands.execute(new ChangeWebhook(webhookId, change));
    return this.queries.execute(new WebhookById(webhookId));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', { schema: id }) webhookId: string): Promise<void> {
    await this.commands.execute(new RemoveWebhook(webhookId));
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  async rotate(
    @Param('id', { schema: id }) webhookId: string,
    @Body({ schema: secretRotation.prefault({}) }) rotation: z.output<typeof secretRotation>,
  ) {
    return this.commands.execute(
      new RotateSecret(webhookId, rotation.overlapSeconds, rotation.secret ?? null),
    );
  }

  @Post(':id/enable')
  @HttpCode(200)
  async enable(@Param('id', { schema: id }) webhookId: string, @Body({ schema: enabling }) choice: Enabling) {
    return this.commands.execute(new EnableWebhook(webhookId, choice));
  }
}
