import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { generateSecret, secretKey } from './webhook-secret.ts';
import { signatures } from './webhook.signer.ts';

const secret = generateSecret();
const body = Buffer.from(
  JSON.stringify({ type: 'webhook.test', data: { name: 'Բերձորի միջանցք — закрыт 🚧' } }),
);

function headersOf(timestampSeconds: number, keys: readonly Buffer[], signed = body): Record<string, string> {
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures({ id: 'msg_1', timestampSeconds, body: signed }, keys),
  };
}

const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

describe('the signature', () => {
  it('verifies with the standardwebhooks package, also over other scripts', () => {
    const headers = headersOf(nowSeconds(), [secretKey(secret)!]);
    expect(new Webhook(secret).verify(body.toString(), headers)).toEqual(JSON.parse(body.toString()));
  });

  it('verifies with six lines of createHmac', () => {
    const headers = headersOf(1_700_000_000, [secretKey(secret)!]);
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const expected = createHmac('sha256', key)
      .update(Buffer.concat([Buffer.from('msg_1.1700000000.'), body]))
      .digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  it('does not verify over JSON that was written anew', () => {
    const headers = headersOf(nowSeconds(), [secretKey(secret)!]);
    const again = JSON.stringify(JSON.parse(body.toString()), null, 1);
    expect(() => new Webhook(secret).verify(again, headers)).toThrow('No matching signature');
  });

  it('satisfies the old and the new secret while they overlap', () => {
    const next = generateSecret();
    const headers = headersOf(nowSeconds(), [secretKey(next)!, secretKey(secret)!]);
    expect(() => new Webhook(secret).verify(body.toString(), headers)).not.toThrow();
    expect(() => new Webhook(next).verify(body.toString(), headers)).not.toThrow();
  });
});

describe('a secret', () => {
  it('holds 24 to 64 bytes of canonical base64', () => {
    const of = (byteCount: number): string => `whsec_${Buffer.alloc(byteCount, 7).toString('base64')}`;
    expect([23, 24, 64, 65].map((byteCount) => secretKey(of(byteCount)) !== null)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(secretKey(of(24).slice('whsec_'.length))).toBeNull();
    expect(secretKey(`${of(24)} `)).toBeNull();
    expect(secretKey('whsec_!!!!')).toBeNull();
  });

  it('is read back as the bytes it was written from', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), (bytes) => {
        expect(secretKey(`whsec_${Buffer.from(bytes).toString('base64')}`)).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
