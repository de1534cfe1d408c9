/** What an operator lets webhooks reach beyond the public internet. The default lets them reach nothing else. */
export interface TargetPolicy {
  /** Plain `http:` to public addresses. Off in production: the body and the signature would travel in the clear. */
  readonly allowHttp: boolean;
  /** Exactly 127.0.0.0/8, ::1 and the name `localhost`, by http or https and on any port. */
  readonly allowLoopback: boolean;
  /** Single addresses inside the operator's own network, in canonical spelling; any scheme and port. */
  readonly allowedAddresses: ReadonlySet<string>;
}

/** The settings the resolver needs. */
export interface ResolverSettings {
  readonly dnsTimeoutMs: number;
  /** Empty means the machine's own; else `address` or `address:port`. */
  readonly dnsServers: readonly string[];
}
