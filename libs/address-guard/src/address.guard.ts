import { type NameResolver } from './name.resolver.ts';
import { canonicalAddress } from './ip-address.ts';
import { type TargetPolicy } from './target.policy.ts';
import { checkAddress, checkTargetUrl } from './target-url.ts';

/** A URL with the addresses it may be dialled at, in the order to try. */
export interface CheckedTarget {
  readonly url: URL;
  /** For SNI and the certificate's name; an address has no name. */
  readonly host: string;
  readonly addresses: readonly string[];
}

/**
 * Stands between a URL that a stranger gave and the network. Whoever dials MUST dial one of `addresses` and MUST NOT
 * resolve the name again: a second answer may differ from the one that was checked.
 */
export interface AddressGuard {
  /** Rejects with `TargetRefusedError` or `TargetUnresolvedError`. */
  check(url: string): Promise<CheckedTarget>;
}

export function addressGuard(policy: TargetPolicy, resolve: NameResolver): AddressGuard {
  return {
    async check(text) {
      const { url, host, hostIsAddress } = checkTargetUrl(text, policy);
      if (hostIsAddress) return { url, host, addresses: [canonicalAddress(host)] };
      // Known by definition (RFC 6761), so that no hosts file and no DNS server can point it elsewhere.
      if (host === 'localhost') return { url, host, addresses: ['127.0.0.1', '::1'] };
      const addresses = [...new Set((await resolve(host)).map(canonicalAddress))];
      // One private answer among public ones is an attack or a mistake; neither may be dialled.
      for (const address of addresses) checkAddress(address, publicOr(policy));
      return { url, host, addresses };
    },
  };
}

/** A name of the DNS that answers with loopback is rebinding, also where loopback itself may be dialled. */
function publicOr(policy: TargetPolicy): TargetPolicy {
  return { ...policy, allowLoopback: false };
}
