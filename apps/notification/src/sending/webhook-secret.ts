import { randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const byteCountMin = 24;
const byteCountMax = 64;

/** A fresh signing secret as its owner sees it, once: `whsec_` and base64 of 32 random bytes. */
export function generateSecret(): string {
  return prefix + randomBytes(32).toString('base64');
}

/** The key bytes of a secret, or null when it is not one of 24 to 64 bytes in canonical base64. */
export function secretKey(secret: string): Buffer | null {
  if (!secret.startsWith(prefix)) return null;
  const text = secret.slice(prefix.length);
  const key = Buffer.from(text, 'base64');
  // Node skips what is not base64, so that two spellings would be one key.
  if (key.toString('base64') !== text) return null;
  return key.length >= byteCountMin && key.length <= byteCountMax ? key : null;
}
