import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type AddressGuard } from '#address-guard';
import { type Ledger } from '#ledger';
import { initialLane } from '../deliveries/lane.decider.ts';
import {
  ADDRESS_GUARD,
  NOTIFICATION_LEDGER,
  NOTIFICATION_LIMITS,
  NOTIFICATION_POOL,
  SECRET_CIPHER,
} from '../notification.tokens.ts';
import { type SecretCipher } from '../sending/secret.cipher.ts';
import { generateSecret } from '../sending/webhook-secret.ts';
import { checkedHeaders } from './custom-headers.ts';
import { sealedHeaders } from './sealed-headers.ts';
import { WebhookLimitReachedError } from './webhook.error.ts';
import { type WebhookInput } from './webhook.input.ts';

export interface SubscriptionLimits {
  readonly webhookCountMax: number;
  readonly messageAgeMs: number;
}

export interface CreatedWebhook {
  readonly webhookId: string;
  /** Shown this once. */
  readonly secret: string;
}

export class CreateWebhook extends Command<CreatedWebhook> {
  constructor(readonly input: WebhookInput) {
    super();
  }
}

@CommandHandler(CreateWebhook)
export class CreateWebhookHandler implements ICommandHandler<CreateWebhook> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(NOTIFICATION_LEDGER) private readonly ledger: Pick<Ledger, 'head'>,
    @Inject(ADDRESS_GUARD) private readonly guard: AddressGuard,
    @Inject(SECRET_CIPHER) private readonly cipher: SecretCipher,
    @Inject(NOTIFICATION_LIMITS) private readonly limits: SubscriptionLimits,
  ) {}

  async execute({ input }: CreateWebhook): Promise<CreatedWebhook> {
    const headers = checkedHeaders(input.headers);
    const { url } = await this.guard.check(input.url);
    const webhookId = randomUUID();
    const secret = input.secret ?? generateSecret();
    const secrets = [{ sealed: this.cipher.seal(secret, webhookId), expiresAtMs: null }];
    // What is recorded after this answer is sent; what is recorded now is history.
    const { position } = await this.ledger.head();
    const { rowCount } = await this.pool.query(insertWebhook, [
      webhookId,
      url.href,
      input.events,
      input.corridors,
      input.minConfidence,
      input.ordered,
      sealedHeaders(headers, webhookId, this.cipher),
      Object.keys(headers),
      JSON.stringify(secrets),
      position,
      JSON.stringify(initialLane),
      this.limits.webhookCountMax,
    ]);
    if (rowCount === 0) throw new WebhookLimitReachedError(this.limits.webhookCountMax);
    return { webhookId, secret };
  }
}

const insertWebhook = `
  WITH created AS (
    INSERT INTO notification.webhook (webhook_id, url, events, corridors, min_confidence, ordered, sealed_headers,
      header_names, secrets, from_position)
    SELECT $1::uuid, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10
    WHERE (SELECT count(*) FROM notification.webhook) < $12::int
    RETURNING webhook_id
  )
  INSERT INTO notification.lane (webhook_id, health) SELECT webhook_id, $11::jsonb FROM created`;
