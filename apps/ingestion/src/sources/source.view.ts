/** A source and how polling it goes. */
export interface SourceView {
  readonly id: string;
  readonly feedUrl: string;
  readonly publisher: string;
  readonly everyMinutes: number;
  readonly about: readonly string[];
  readonly health: SourceHealth;
}

export interface SourceHealth {
  /** `new` until the first poll, `ok` after one that went well, `failing` after one that did not. */
  readonly state: 'new' | 'ok' | 'failing';
  readonly lastAttemptAt: string | null;
  readonly lastSuccessAt: string | null;
  /** The last one there was, also where it is over. */
  readonly lastError: { readonly at: string; readonly code: string; readonly detail: string } | null;
  readonly consecutiveFailures: number;
  readonly nextPollAt: string;
  /** Items ever seen; those in the last listing; those that became statements. */
  readonly itemsSeen: number;
  readonly itemsListed: number;
  readonly itemsReceived: number;
  /** Missed by the feed, or their pages gone. */
  readonly itemsDisappeared: number;
  /** Those whose text is still to be fetched from their pages. */
  readonly itemsWaiting: number;
  /** Those whose pages could not be read at the last try. */
  readonly pagesFailing: number;
}

export interface SourceRow {
  readonly source: string;
  readonly feed_url: string;
  readonly publisher: string;
  readonly every_minutes: number;
  readonly about: string[];
  readonly feed_due_at: Date;
  readonly last_attempt_at: Date | null;
  readonly last_success_at: Date | null;
  readonly last_error_at: Date | null;
  readonly last_error_code: string | null;
  readonly last_error: string | null;
  readonly failure_count: number;
  readonly seen: string;
  readonly listed: string;
  readonly received: string;
  readonly disappeared: string;
  readonly waiting: string;
  readonly failing: string;
}

/** Completed by a `WHERE` on `s`. */
export const sourceRows = `
  SELECT s.source, s.feed_url, s.publisher, s.every_minutes, s.about, s.feed_due_at, s.last_attempt_at,
         s.last_success_at, s.last_error_at, s.last_error_code, s.last_error, s.failure_count, i.*
  FROM ingestion.source AS s CROSS JOIN LATERAL (
    SELECT count(*) AS seen, count(*) FILTER (WHERE listed) AS listed,
           count(*) FILTER (WHERE statement_id IS NOT NULL) AS received,
           count(*) FILTER (WHERE disappeared IS NOT NULL) AS disappeared,
           count(*) FILTER (WHERE statement_id IS NULL AND refused_code IS NULL) AS waiting,
           count(*) FILTER (WHERE page_error_code IS NOT NULL) AS failing
    FROM ingestion.source_item AS item WHERE item.source = s.source) AS i`;

export function sourceView(row: SourceRow): SourceView {
  return {
    id: row.source,
    feedUrl: row.feed_url,
    publisher: row.publisher,
    everyMinutes: row.every_minutes,
    about: row.about,
    health: {
      state: row.failure_count > 0 ? 'failing' : row.last_success_at === null ? 'new' : 'ok',
      lastAttemptAt: row.last_attempt_at?.toISOString() ?? null,
      lastSuccessAt: row.last_success_at?.toISOString() ?? null,
      lastError:
        row.last_error_at === null
          ? null
          : {
              at: row.last_error_at.toISOString(),
              code: row.last_error_code ?? '',
              detail: row.last_error ?? '',
            },
      consecutiveFailures: row.failure_count,
      nextPollAt: row.feed_due_at.toISOString(),
      itemsSeen: Number(row.seen),
      itemsListed: Number(row.listed),
      itemsReceived: Number(row.received),
      itemsDisappeared: Number(row.disappeared),
      itemsWaiting: Number(row.waiting),
      pagesFailing: Number(row.failing),
    },
  };
}
