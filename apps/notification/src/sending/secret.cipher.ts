import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Keeps what signs and authorises deliveries unreadable in the database and its backups: AES-256-GCM, bound to the
 * webhook it belongs to, so that a row copied to another webhook does not open.
 */
export interface SecretCipher {
  seal(text: string, webhookId: string): string;
  open(sealed: string, webhookId: string): string;
}

const algorithm = 'aes-256-gcm';
const nonceByteCount = 12;
const tagByteCount = 16;
/** Names the scheme, so that another one can follow while old rows still open. */
const scheme = 'a1.';

/** @param key 32 bytes */
export function secretCipher(key: Buffer): SecretCipher {
  if (key.length !== 32) throw new Error('The key that seals webhook secrets must be 32 bytes long');
  return {
    seal(text, webhookId) {
      const nonce = randomBytes(nonceByteCount);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(webhookId));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return scheme + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(sealed, webhookId) {
      if (!sealed.startsWith(scheme)) throw new SecretUnreadableError();
      const bytes = Buffer.from(sealed.slice(scheme.length), 'base64');
      const tagEnd = nonceByteCount + tagByteCount;
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceByteCount))
          .setAAD(Buffer.from(webhookId))
          .setAuthTag(bytes.subarray(nonceByteCount, tagEnd));
        return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new SecretUnreadableError({ cause });
      }
    },
  };
}

export class SecretUnreadableError extends Error {
  readonly code = 'secret_unreadable';
  constructor(options?: ErrorOptions) {
    super(
      'A webhook secret does not open: WEBHOOK_SECRET_KEY is not the key that it was sealed with',
      options,
    );
  }
}
