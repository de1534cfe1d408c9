import { inTransaction } from '#platform';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type AddressGuard } from '#address-guard';
import { type Tx } from '#projection';
import { wakeUpChannel } from '../deliveries/fan-out.ts';
import { initialLane, type Lane } from '../deliveries/lane.decider.ts';
import { ADDRESS_GUARD, NOTIFICATION_POOL, SECRET_CIPHER } from '../notification.tokens.ts';
import { type SecretCipher } from '../sending/secret.cipher.ts';
import { checkedHeaders, type CustomHeaders } from './custom-headers.ts';
import { sealedHeaders } from './sealed-headers.ts';
import { UnknownWebhookError } from './webhook.error.ts';
import { type WebhookChange } from './webhook.input.ts';

export class ChangeWebhook extends Command<void> {
  constructor(
    readonly webhookId: string,
    readonly change: WebhookChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeWebhook)
export class ChangeWebhookHandler implements ICommandHandler<ChangeWebhook> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(ADDRESS_GUARD) private readonly guard: AddressGuard,
    @Inject(SECRET_CIPHER) private readonly cipher: SecretCipher,
  ) {}

  async execute({ webhookId, change }: ChangeWebhook): Promise<void> {
    const headers = change.headers === undefined ? undefined : checkedHeaders(change.headers);
    const url = change.url === undefined ? undefined : (await this.guard.check(change.url)).url.href;
    await inTransaction(this.pool, async (tx) => {
      await this.#writeWebhook(tx, webhookId, { ...change, url }, headers);
      if (url !== undefined) await giveFreshStart(tx, webhookId);
      if (change.enabled === false) await disable(tx, webhookId);
    });
  }

  async #writeWebhook(
    tx: Tx,
    webhookId: string,
    change: Omit<WebhookChange, 'url'> & { url: string | undefined },
    headers: CustomHeaders | undefined,
  ): Promise<void> {
    const { rowCount } = await tx.query(
      `UPDATE notification.webhook SET
         version = version + 1,
         url = COALESCE($2, url), events = COALESCE($3, events), corridors = COALESCE($4, corridors),
         min_confidence = CASE WHEN $5 THEN $6 ELSE min_confidence END,
         ordered = COALESCE($7, ordered),
         sealed_headers = CASE WHEN $8::text[] IS NULL THEN sealed_headers ELSE $9 END,
         header_names = COALESCE($8, header_names)
       WHERE webhook_id = $1`,
      [
        webhookId,
        change.url ?? null,
        change.events ?? null,
        change.corridors ?? null,
        change.minConfidence !== undefined,
        change.minConfidence ?? null,
        change.ordered ?? null,
        headers === undefined ? null : Object.keys(headers),
        headers === undefined ? null : sealedHeaders(headers, webhookId, this.cipher),
      ],
    );
    if (rowCount === 0) throw new UnknownWebhookError(webhookId);
  }
}

/** A new URL has not failed yet: what waits for the old one's next probe goes out now. */
async function giveFreshStart(tx: Tx, webhookId: string): Promise<void> {
  await tx.query(
    `UPDATE notification.lane SET health = $2, hold_until = NULL, due_at = now(), revision = revision + 1
     WHERE webhook_id = $1 AND phase IN ('failing', 'recovering')`,
    [webhookId, JSON.stringify(initialLane)],
  );
  await tx.query(`NOTIFY ${wakeUpChannel}`);
}

async function disable(tx: Tx, webhookId: string): Promise<void> {
  const disabled: Lane = { phase: 'disabled', reason: 'manual', drought: null };
  await tx.query(
    "UPDATE notification.lane SET health = $2, due_at = NULL WHERE webhook_id = $1 AND phase <> 'disabled'",
    [webhookId, JSON.stringify(disabled)],
  );
}
