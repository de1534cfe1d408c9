/** The address may not be reached, whatever stands behind it. */
export class TargetRefusedError extends Error {
  constructor(
    readonly code: 'url_refused' | 'blocked_address',
    message: string,
  ) {
    super(message);
  }
}

/** The name has no address that could be checked, so nothing may be dialled. */
export class TargetUnresolvedError extends Error {
  constructor(
    readonly code: 'dns_not_found' | 'dns_timeout' | 'dns_failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
