import { createHmac } from 'node:crypto';

export interface SignedMessage {
  /** The `webhook-id`: the same on every try and replay, so that a receiver can drop repetitions. */
  readonly id: string;
  readonly timestampSeconds: number;
  readonly body: Buffer;
}

/**
 * The `webhook-signature` of Standard Webhooks 1.0.0: HMAC-SHA256 over `id.timestamp.body`, one signature for each
 * key, so that a receiver that still has the old secret and one that has the new both accept.
 */
export function signatures({ id, timestampSeconds, body }: SignedMessage, keys: readonly Buffer[]): string {
  return keys
    .map((key) =>
      createHmac('sha256', key).update(`${id}.${timestampSeconds}.`).update(body).digest('base64'),
    )
    .map((signature) => `v1,${signature}`)
    .join(' ');
}
