import { inTransaction } from '#platform';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type SealedSecret } from '../deliveries/endpoint.reader.ts';
import { NOTIFICATION_POOL, SECRET_CIPHER } from '../notification.tokens.ts';
import { type SecretCipher } from '../sending/secret.cipher.ts';
import { generateSecret } from '../sending/webhook-secret.ts';
import { rotated } from './secret-rotation.ts';
import { UnknownWebhookError } from './webhook.error.ts';

export interface RotatedSecret {
  readonly id: string;
  /** Shown this once. */
  readonly secret: string;
  readonly previousSecretsExpireAt: readonly string[];
}

export class RotateSecret extends Command<RotatedSecret> {
  constructor(
    readonly webhookId: string,
    readonly overlapSeconds: number,
    /** Null to have one made. */
    readonly secret: string | null,
  ) {
    super();
  }
}

@CommandHandler(RotateSecret)
export class RotateSecretHandler implements ICommandHandler<RotateSecret> {
  constructor(
    @Inject(NOTIFICATION_POOL) private readonly pool: Pool,
    @Inject(SECRET_CIPHER) private readonly cipher: SecretCipher,
  ) {}

  async execute({ webhookId, overlapSeconds, secret: given }: RotateSecret): Promise<RotatedSecret> {
    const secret = given ?? generateSecret();
    const sealed = this.cipher.seal(secret, webhookId);
    const secrets = await inTransaction(this.pool, async (tx) => {
      const { rows } = await tx.query<{ secrets: readonly SealedSecret[] }>(
        'SELECT secrets FROM notification.webhook WHERE webhook_id = $1 FOR UPDATE',
        [webhookId],
      );
      if (rows[0] === undefined) throw new UnknownWebhookError(webhookId);
      const next = rotated(rows[0].secrets, sealed, overlapSeconds * 1_000, Date.now());
      await tx.query(
        'UPDATE notification.webhook SET secrets = $2, version = version + 1 WHERE webhook_id = $1',
        [webhookId, JSON.stringify(next)],
      );
      return next;
    });
    const previousSecretsExpireAt = secrets.flatMap(({ expiresAtMs }) =>
      expiresAtMs === null ? [] : [new Date(expiresAtMs).toISOString()],
    );
    return { id: webhookId, secret, previousSecretsExpireAt };
  }
}
