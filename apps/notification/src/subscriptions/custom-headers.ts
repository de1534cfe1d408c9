import { HeaderRefusedError } from './webhook.error.ts';

export type CustomHeaders = Readonly<Record<string, string>>;

const countMax = 10;
const valueLengthMax = 1_000;

/** They frame the message or say who sent it; a subscriber who set them could forge or break a request. */
const reserved = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'expect',
  'forwarded',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
]);
const reservedPrefixes = ['webhook-', 'ce-', 'x-forwarded-', 'sec-'];

/**
 * Lower-cases the names.
 * @throws HeaderRefusedError
 */
export function checkedHeaders(headers: CustomHeaders): CustomHeaders {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (entries.length > countMax) throw new HeaderRefusedError('*', `is one of more than ${countMax}`);
  const checked = new Map<string, string>();
  for (const [name, value] of entries) {
    checkName(name);
    checkValue(name, value);
    if (checked.has(name)) throw new HeaderRefusedError(name, 'is given twice');
    checked.set(name, value);
  }
  return Object.fromEntries(checked);
}

function checkName(name: string): void {
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name))
    throw new HeaderRefusedError(name, 'is not a header name');
  if (reserved.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix))) {
    throw new HeaderRefusedError(name, 'is set by the sender');
  }
}

function checkValue(name: string, value: string): void {
  // Visible ASCII alone: a line break would begin another header.
  if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
    throw new HeaderRefusedError(name, 'must hold visible ASCII characters');
  }
  if (value.length > valueLengthMax) {
    throw new HeaderRefusedError(name, `must be at most ${valueLengthMax} characters long`);
  }
}
