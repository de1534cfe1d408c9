/** What the guard's refusals mean over HTTP, for every app that takes URLs in. */
export const targetRefusals = {
  url_refused: { status: 422, title: 'The URL cannot be called' },
  blocked_address: { status: 422, title: 'The URL leads to an address that may not be reached' },
  dns_not_found: { status: 422, title: 'The host of the URL has no address' },
  dns_timeout: { status: 422, title: 'The host of the URL could not be looked up' },
  dns_failed: { status: 422, title: 'The host of the URL could not be looked up' },
} as const;
