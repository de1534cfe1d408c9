import { type SecretCipher } from '../sending/secret.cipher.ts';
import { type CustomHeaders } from './custom-headers.ts';

export function sealedHeaders(
  headers: CustomHeaders,
  webhookId: string,
  cipher: SecretCipher,
): string | null {
  return Object.keys(headers).length === 0 ? null : cipher.seal(JSON.stringify(headers), webhookId);
}
