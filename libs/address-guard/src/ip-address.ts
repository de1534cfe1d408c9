import ipaddr from 'ipaddr.js';

/** Azure's metadata and control service: a public address by its number, an internal one in fact. */
const azureControl = '168.63.129.16';

/** RFC 4291: the only block of IPv6 from which global addresses are given out. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3');

export function isIpAddress(host: string): boolean {
  return ipaddr.isValid(host);
}

/** One spelling for each address; an IPv4 address written as IPv6 becomes IPv4, or it would slip past IPv4 rules. */
export function canonicalAddress(address: string): string {
  return ipaddr.process(address).toString();
}

export function isPublicAddress(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv6' ? parsed.match(globalIpv6) : parsed.toString() !== azureControl;
}

export function isLoopbackAddress(address: string): boolean {
  return ipaddr.process(address).range() === 'loopback';
}
