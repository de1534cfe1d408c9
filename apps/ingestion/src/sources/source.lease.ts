import { type Pool, type PoolClient } from 'pg';
import { inTransaction } from '#platform';

/** The right to poll a source until the lease ends or another process takes it over. */
export interface SourceLease {
  readonly source: string;
  /** Every write of the holder demands it. */
  readonly token: string;
  readonly feedUrl: string;
  readonly publisher: string;
  readonly everyMinutes: number;
  readonly about: readonly string[];
  readonly feedIsDue: boolean;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly failureCount: number;
}

/** Another process holds the source by now, or it was removed: what this one found out is not written. */
export class SourceLeaseLostError extends Error {
  readonly code = 'source_lease_lost';
  constructor(source: string) {
    super(`The source ${source} is polled by another process, or was removed.`);
  }
}

interface LeaseRow {
  readonly source: string;
  readonly lease_token: string;
  readonly feed_url: string;
  readonly publisher: string;
  readonly every_minutes: number;
  readonly about: string[];
  readonly feed_is_due: boolean;
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly failure_count: number;
}

/** Takes up to `countMax` sources that are due and that nobody polls. */
export async function takeDueSources(
  pool: Pool,
  countMax: number,
  leaseMs: number,
): Promise<readonly SourceLease[]> {
  return take(
    pool,
    `SELECT source, feed_due_at <= now() AS feed_is_due FROM ingestion.source
     WHERE due_at <= now() AND (leased_until IS NULL OR leased_until <= now())
     ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [leaseMs, countMax],
  );
}

/** Takes one source whether it is due or not; null while somebody polls it. */
export async function takeSource(pool: Pool, source: string, leaseMs: number): Promise<SourceLease | null> {
  const leases = await take(
    pool,
    `SELECT source, true AS feed_is_due FROM ingestion.source
     WHERE source = $2 AND (leased_until IS NULL OR leased_until <= now()) FOR UPDATE`,
    [leaseMs, source],
  );
  return leases[0] ?? null;
}

async function take(pool: Pool, due: string, values: readonly unknown[]): Promise<readonly SourceLease[]> {
  const { rows } = await pool.query<LeaseRow>(
    `WITH due AS (${due})
     UPDATE ingestion.source AS s
     SET lease_token = nextval('ingestion.source_lease'),
         leased_until = clock_timestamp() + $1 * interval '1 millisecond'
     FROM due WHERE s.source = due.source
     RETURNING s.source, s.lease_token, s.feed_url, s.publisher, s.every_minutes, s.about, due.feed_is_due,
               s.etag, s.last_modified, s.failure_count`,
    [...values],
  );
  return rows.map(leaseOf);
}

/** @throws SourceLeaseLostError */
export async function renewLease(pool: Pool, { source, token }: SourceLease, leaseMs: number): Promise<void> {
  const { rowCount } = await pool.query(
    `UPDATE ingestion.source SET leased_until = clock_timestamp() + $3 * interval '1 millisecond'
     WHERE source = $1 AND lease_token = $2`,
    [source, token, leaseMs],
  );
  if (rowCount === 0) throw new SourceLeaseLostError(source);
}

/**
 * Gives a source back, and notes when there is something to do next. Nothing, where it was taken over meanwhile.
 * @param pauseMs at least so long, whatever is due
 */
export async function releaseLease(
  pool: Pool,
  { source, token }: SourceLease,
  pauseMs: number,
): Promise<void> {
  await pool.query(
    `UPDATE ingestion.source SET leased_until = NULL, due_at = GREATEST(
       LEAST(feed_due_at, (SELECT min(page_due_at) FROM ingestion.source_item WHERE source_item.source = $1)),
       now() + $3 * interval '1 millisecond')
     WHERE source = $1 AND lease_token = $2`,
    [source, token, pauseMs],
  );
}

/**
 * Writes what a poll found out, if it still holds the source. The row is locked until the end, so that nobody takes it
 * over in between.
 * @throws SourceLeaseLostError
 */
export async function underLease<Result>(
  pool: Pool,
  { source, token }: SourceLease,
  write: (tx: PoolClient) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      'SELECT 1 FROM ingestion.source WHERE source = $1 AND lease_token = $2 FOR NO KEY UPDATE',
      [source, token],
    );
    if (rowCount === 0) throw new SourceLeaseLostError(source);
    return write(tx);
  });
}

function leaseOf(row: LeaseRow): SourceLease {
  return {
    source: row.source,
    token: row.lease_token,
    feedUrl: row.feed_url,
    publisher: row.publisher,
    everyMinutes: row.every_minutes,
    about: row.about,
    feedIsDue: row.feed_is_due,
    etag: row.etag,
    lastModified: row.last_modified,
    failureCount: row.failure_count,
  };
}
