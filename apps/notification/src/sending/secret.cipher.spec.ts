import { randomBytes } from 'node:crypto';
import { SecretUnreadableError, secretCipher } from './secret.cipher.ts';

const key = randomBytes(32);

describe('the secret cipher', () => {
  it('opens what it sealed, and seals the same text differently each time', () => {
    const cipher = secretCipher(key);
    const sealed = cipher.seal('whsec_ключ', 'webhook-1');
    expect(cipher.open(sealed, 'webhook-1')).toBe('whsec_ключ');
    expect(cipher.seal('whsec_ключ', 'webhook-1')).not.toBe(sealed);
  });

  it('does not open with another key, for another webhook, or after a change', () => {
    const sealed = secretCipher(key).seal('text', 'webhook-1');
    const changed = Buffer.from(sealed.slice(3), 'base64');
    changed[changed.length - 1]! ^= 1;
    expect(() => secretCipher(randomBytes(32)).open(sealed, 'webhook-1')).toThrow(SecretUnreadableError);
    expect(() => secretCipher(key).open(sealed, 'webhook-2')).toThrow(SecretUnreadableError);
    expect(() => secretCipher(key).open(`a1.${changed.toString('base64')}`, 'webhook-1')).toThrow(
      SecretUnreadableError,
    );
  });
});
