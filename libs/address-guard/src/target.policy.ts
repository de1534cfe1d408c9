/** What an operator lets us reach beyond the public internet. The default lets nothing else through. */
export interface TargetPolicy {
  /** Plain `http:` to public addresses: what is sent travels in the clear, and what comes can be forged on the way. */
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
