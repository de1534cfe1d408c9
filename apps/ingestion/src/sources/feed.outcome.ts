import { type Pool } from 'pg';
import { type Fetched, type HarvestError } from '#harvest';
import { nextPollMs, nextTryMs } from './poll.schedule.ts';
import { type SourceLease, underLease } from './source.lease.ts';

/** What came of fetching a feed. */
export type FeedOutcome =
  | {
      readonly kind: 'read';
      readonly itemCount: number;
      readonly newCount: number;
      readonly changedCount: number;
      readonly disappearedCount: number;
      readonly reappearedCount: number;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly code: string; readonly detail: string };

/** @throws SourceLeaseLostError */
export async function noteSuccess<Outcome extends FeedOutcome>(
  pool: Pool,
  lease: SourceLease,
  { headers }: Fetched,
  outcome: Outcome,
  startedAtMs: number,
): Promise<Outcome> {
  const dueAt = new Date(nextPollMs(lease, startedAtMs));
  await underLease(pool, lease, (tx) =>
    tx.query(
      `UPDATE ingestion.source SET feed_due_at = $2, last_attempt_at = $3, last_success_at = $3, failure_count = 0,
         etag = $4, last_modified = $5 WHERE source = $1`,
      [
        lease.source,
        dueAt,
        new Date(startedAtMs),
        headers['etag'] ?? (outcome.kind === 'unchanged' ? lease.etag : null),
        headers['last-modified'] ?? (outcome.kind === 'unchanged' ? lease.lastModified : null),
      ],
    ),
  );
  return outcome;
}

/** @throws SourceLeaseLostError */
export async function noteFailure(
  pool: Pool,
  lease: SourceLease,
  { code, message, line }: HarvestError,
  retryAfterMs: number | null,
  startedAtMs: number,
): Promise<FeedOutcome> {
  const detail = line === null ? message : `Line ${line}: ${message}`;
  const dueAt = new Date(nextTryMs(lease, lease.failureCount + 1, retryAfterMs, startedAtMs));
  await underLease(pool, lease, (tx) =>
    tx.query(
      `UPDATE ingestion.source SET feed_due_at = $2, last_attempt_at = $3, last_error_at = $3,
         last_error_code = $4, last_error = $5, failure_count = failure_count + 1 WHERE source = $1`,
      [lease.source, dueAt, new Date(startedAtMs), code, storable(detail)],
    ),
  );
  return { kind: 'failed', code, detail };
}

/** The words may quote what the other side sent. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed();
}
