import pg from 'pg';

export interface PoolSettings {
  readonly databaseUrl: string;
  /** The role that statements run as; it MUST own nothing, so that the ledger stays append-only. */
  readonly role: string;
  /**
   * Where tables named without a schema are. Projectors name theirs so, since a replay lets them fill the tables of
   * another schema beside the live one.
   */
  readonly schema?: string;
  readonly applicationName: string;
  readonly connectionsMax: number;
}

/** A pool whose statements run as the service's role and never wait for a lock longer than 2 s. */
export function openPool({
  databaseUrl,
  role,
  schema,
  applicationName,
  connectionsMax,
}: PoolSettings): pg.Pool {
  const searchPath = schema === undefined ? '' : ` -c search_path=${schema}`;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: applicationName,
    max: connectionsMax,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    options: `-c role=${role} -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000${searchPath}`,
  });
  // An idle connection that the server ends is replaced on the next use; unheard, its error would end the process.
  pool.on('error', () => undefined);
  return pool;
}
