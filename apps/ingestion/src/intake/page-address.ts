import { deriveId } from '#ledger';

/** Parameters that say how a reader came to a page and never which page it is. */
const trackingParameters = /^(utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid)$/;

/**
 * One spelling for the addresses of one page: https for http, host in lower case, no default port, no fragment, no
 * tracking parameters, no slash at the end of the path. Nothing else is touched: the order of parameters, the case of
 * the path and `www.` may all make another page. Null for the root of a site, where each publication stands for a
 * while and none corrects the other.
 */
export function pageAddress(url: string): string | null {
  const address = new URL(url);
  address.hash = '';
  address.protocol = 'https:';
  // By hand, since URLSearchParams would spell anew also what is left.
  address.search = address.search
    .slice(1)
    .split('&')
    .filter((parameter) => !trackingParameters.test(parameter.split('=')[0]?.toLowerCase() ?? ''))
    .join('&');
  address.pathname = address.pathname.replace(/\/+$/, '');
  return address.pathname === '/' && address.search === '' ? null : address.href;
}

/** The same id for one page of one publisher; null where there is none that can be corrected. */
export function pageOf({
  publisher,
  url,
}: {
  readonly publisher: string;
  readonly url: string | null;
}): string | null {
  const address = url === null ? null : pageAddress(url);
  return address === null ? null : deriveId('page', publisher, address);
}
