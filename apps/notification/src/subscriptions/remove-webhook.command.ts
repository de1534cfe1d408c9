import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { NOTIFICATION_POOL } from '../notification.tokens.ts';
import { UnknownWebhookError } from './webhook.error.ts';

/** Ends a subscription with everything that waits for it and its delivery log. */
export class RemoveWebhook extends Command<void> {
  constructor(readonly webhookId: string) {
    super();
  }
}

@CommandHandler(RemoveWebhook)
export class RemoveWebhookHandler implements ICommandHandler<RemoveWebhook> {
  constructor(@Inject(NOTIFICATION_POOL) private readonly pool: Pool) {}

  async execute({ webhookId }: RemoveWebhook): Promise<void> {
    const { rowCount } = await this.pool.query('DELETE FROM notification.webhook WHERE webhook_id = $1', [
      webhookId,
    ]);
    if (rowCount === 0) throw new UnknownWebhookError(webhookId);
  }
}
