import { type Pool } from 'pg';
import { type SecretCipher } from '../sending/secret.cipher.ts';
import { secretKey } from '../sending/webhook-secret.ts';

/** What a worker needs to know of a webhook to send to it. */
export interface Endpoint {
  readonly webhookId: string;
  readonly version: number;
  readonly url: string;
  readonly ordered: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Newest first. */
  readonly keys: readonly SigningKey[];
}

export interface SigningKey {
  readonly key: Buffer;
  /** Null for the current one. */
  readonly expiresAtMs: number | null;
}

/** As it lies in `webhook.secrets`. */
export interface SealedSecret {
  readonly sealed: string;
  readonly expiresAtMs: number | null;
}

/** The columns of `webhook` that a worker needs. */
export interface EndpointRow {
  readonly webhook_id: string;
  readonly version: number;
  readonly url: string;
  readonly ordered: boolean;
  readonly sealed_headers: string | null;
  readonly secrets: readonly SealedSecret[];
}

export const endpointColumns = 'w.webhook_id, w.version, w.url, w.ordered, w.sealed_headers, w.secrets';

/** Answers null when the webhook was deleted. */
export async function readEndpoint(pool: Pool, webhookId: string): Promise<EndpointRow | null> {
  const { rows } = await pool.query<EndpointRow>({
    name: 'read_endpoint',
    text: `SELECT ${endpointColumns} FROM notification.webhook AS w WHERE w.webhook_id = $1`,
    values: [webhookId],
  });
  return rows[0] ?? null;
}

/** @throws SecretUnreadableError */
export function openEndpoint(row: EndpointRow, cipher: SecretCipher): Endpoint {
  const { webhook_id: webhookId, version, url, ordered } = row;
  const headers =
    row.sealed_headers === null
      ? {}
      : (JSON.parse(cipher.open(row.sealed_headers, webhookId)) as Record<string, string>);
  const keys = row.secrets.flatMap(({ sealed, expiresAtMs }) => {
    const key = secretKey(cipher.open(sealed, webhookId));
    return key === null ? [] : [{ key, expiresAtMs }];
  });
  return { webhookId, version, url, ordered, headers, keys };
}

/** The keys that sign at this moment. */
export function livingKeys({ keys }: Endpoint, nowMs: number): readonly Buffer[] {
  return keys.filter(({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > nowMs).map(({ key }) => key);
}
