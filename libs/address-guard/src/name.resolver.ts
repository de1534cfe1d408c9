import { Resolver } from 'node:dns/promises';
import { TargetUnresolvedError } from './address-guard.error.ts';
import { type ResolverSettings } from './target.policy.ts';

/** Answers every address of a name, or rejects with `TargetUnresolvedError`. */
export type NameResolver = (name: string) => Promise<readonly string[]>;

/**
 * Asks the DNS directly. Never `dns.lookup`: it waits in libuv's four threads, where eight names that hang delay a
 * healthy one by 40 s, and it reads /etc/hosts, which may point anywhere.
 */
export function dnsResolver({ dnsTimeoutMs, dnsServers }: ResolverSettings): NameResolver {
  return async (name) => {
    // One channel a question: `cancel` ends every query of its channel.
    const resolver = new Resolver({ timeout: Math.ceil(dnsTimeoutMs / 2), tries: 2 });
    if (dnsServers.length > 0) resolver.setServers(dnsServers);
    const deadline = setTimeout(() => {
      resolver.cancel();
    }, dnsTimeoutMs);
    try {
      const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
      return addressesOf(name, answers);
    } finally {
      clearTimeout(deadline);
    }
  };
}

/** One family may be missing or broken; the other is then enough, because only checked addresses are dialled. */
function addressesOf(name: string, answers: readonly PromiseSettledResult<string[]>[]): readonly string[] {
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length > 0) return addresses;
  const reasons = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason as unknown] : [],
  );
  throw unresolved(name, reasons);
}

function unresolved(name: string, reasons: readonly unknown[]): TargetUnresolvedError {
  const codes = reasons.map((reason) => (reason as NodeJS.ErrnoException).code ?? '');
  const options = { cause: reasons[0] };
  if (codes.some((code) => code === 'ETIMEOUT' || code === 'ECANCELLED')) {
    return new TargetUnresolvedError('dns_timeout', `The DNS gave no answer for ${name} in time`, options);
  }
  if (codes.every((code) => code === 'ENOTFOUND' || code === 'ENODATA')) {
    return new TargetUnresolvedError('dns_not_found', `The name ${name} has no address`, options);
  }
  return new TargetUnresolvedError('dns_failed', `The DNS failed to answer for ${name}`, options);
}
