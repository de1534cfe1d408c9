import { checkedHeaders } from './custom-headers.ts';
import { HeaderRefusedError } from './webhook.error.ts';

describe('custom headers', () => {
  it('keep their values under lower-case names', () => {
    expect(checkedHeaders({ Authorization: 'Bearer abc', 'X-Team': 'desk 4' })).toEqual({
      authorization: 'Bearer abc',
      'x-team': 'desk 4',
    });
  });

  it.each([
    ['host', 'a'],
    ['Host', 'a'],
    ['content-length', '3'],
    ['connection', 'close'],
    ['transfer-encoding', 'chunked'],
    ['webhook-id', 'a'],
    ['Webhook-Signature', 'a'],
    ['ce-id', 'a'],
    ['x-forwarded-for', '127.0.0.1'],
    ['', 'a'],
    ['a b', 'c'],
    ['a:b', 'c'],
    ['a\r\nhost', 'c'],
    ['x-team', 'a\r\nhost: b'],
    ['x-team', 'a\nb'],
    ['x-team', ''],
    ['x-team', ' a'],
    ['x-team', 'ж'],
    ['x-team', 'a'.repeat(1_001)],
  ])('refuse %j: %j', (name, value) => {
    expect(() => checkedHeaders({ [name]: value })).toThrow(HeaderRefusedError);
  });

  it('refuse one name in two spellings, and more than ten', () => {
    expect(() => checkedHeaders({ 'X-A': '1', 'x-a': '2' })).toThrow('given twice');
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`x-${index}`, 'a']));
    expect(() => checkedHeaders(many)).toThrow('more than 10');
  });
});
