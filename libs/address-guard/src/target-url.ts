import { TargetRefusedError } from './address-guard.error.ts';
import { canonicalAddress, isIpAddress, isLoopbackAddress, isPublicAddress } from './ip-address.ts';
import { type TargetPolicy } from './target.policy.ts';

/** A URL that passed every check that needs no network. */
export interface TargetUrl {
  readonly url: URL;
  /** The host as it is looked up or dialled: no brackets, no trailing dot, lower case. */
  readonly host: string;
  readonly hostIsAddress: boolean;
}

const urlLengthMax = 2_000;
/** Names that resolvers and home routers give to machines inside a network. */
const internalNames =
  /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;

/**
 * Judges the URL as the WHATWG parser reads it, because that reading is the one that gets dialled: `0x7f.1`,
 * `２１３０７０６４３３` and `127.0.0.1` are one address.
 */
export function checkTargetUrl(text: string, policy: TargetPolicy): TargetUrl {
  const url = parse(text);
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const hostIsAddress = isIpAddress(host);
  const exempt = isExempt(host, hostIsAddress, policy);
  if (url.username !== '' || url.password !== '') throw refusedUrl('must not hold a user name or password');
  if (hostIsAddress) checkAddress(host, policy);
  else if (!exempt) checkName(host);
  // The operator chose an exempt address itself, so its service may listen anywhere.
  if (!exempt) checkService(url, policy);
  return { url, host, hostIsAddress };
}

/** Refuses an address that the policy does not let through. Called again for each answer of the DNS. */
export function checkAddress(address: string, policy: TargetPolicy): void {
  if (isPublicAddress(address) || isExempt(address, true, policy)) return;
  throw new TargetRefusedError(
    'blocked_address',
    'The URL leads to an address that is not on the public internet',
  );
}

function isExempt(host: string, hostIsAddress: boolean, policy: TargetPolicy): boolean {
  if (!hostIsAddress) return policy.allowLoopback && host === 'localhost';
  if (policy.allowLoopback && isLoopbackAddress(host)) return true;
  return policy.allowedAddresses.has(canonicalAddress(host));
}

function parse(text: string): URL {
  if (text.length > urlLengthMax) throw refusedUrl(`must be at most ${urlLengthMax} characters long`);
  // The parser drops tabs and line breaks in silence, so that what is read is not what is dialled.
  if (/[\p{Cc}\p{Z}\\]/u.test(text))
    throw refusedUrl('must not hold spaces, control characters or backslashes');
  const url = URL.parse(text);
  if (url === null || !/^https?:\/\//i.test(text)) throw refusedUrl('must be an absolute http or https URL');
  url.hash = '';
  return url;
}

function checkService(url: URL, { allowHttp }: TargetPolicy): void {
  if (url.protocol !== 'https:' && !allowHttp) throw refusedUrl('must use https');
  if (url.port !== '') throw refusedUrl('must use the standard port of its scheme');
}

function checkName(host: string): void {
  if (host.split('.').some((label) => label === '')) throw refusedUrl('must hold a complete host name');
  // A single label is completed by the machine's search list, which leads into the operator's own network.
  if (!host.includes('.') || internalNames.test(host)) {
    throw new TargetRefusedError(
      'blocked_address',
      'The URL names a host that is not on the public internet',
    );
  }
}

function refusedUrl(reason: string): TargetRefusedError {
  return new TargetRefusedError('url_refused', `The URL ${reason}`);
}
