import { type Pool, type PoolClient } from 'pg';
import { type Fetched } from '../statements/statement-coding.ts';
import { type KnownItem } from './listing.decider.ts';
import { type SourceLease, underLease } from './source.lease.ts';

/** What is kept of one item of a feed. */
export interface SourceItem extends KnownItem {
  readonly url: string | null;
  readonly title: string | null;
  readonly language: string | null;
  /** What the feed gives; the statement where the page cannot be read. */
  readonly summary: string;
  /** The fetch that brought the summary. */
  readonly feedFetched: Fetched;
  readonly textFrom: 'feed' | 'page';
  /** In hex; null until something was sent in. */
  readonly textSha256: string | null;
  /** The page could not be read, and the summary was sent in its place. */
  readonly summarySent: boolean;
  readonly statementId: string | null;
  /** Why it became no statement, and never will as it is. */
  readonly refusedCode: string | null;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  readonly pageDueAtMs: number | null;
  readonly pageEtag: string | null;
  readonly pageLastModified: string | null;
  readonly pageFailureCount: number;
  readonly pageErrorCode: string | null;
}

interface ItemRow {
  readonly guid: string;
  readonly feed_sha256: Buffer;
  readonly url: string | null;
  readonly title: string | null;
  readonly language: string | null;
  readonly published_at: Date;
  readonly summary: string;
  readonly feed_fetched: Fetched;
  readonly text_from: 'feed' | 'page';
  readonly text_sha256: Buffer | null;
  readonly summary_sent: boolean;
  readonly statement_id: string | null;
  readonly refused_code: string | null;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly listed: boolean;
  readonly disappeared: 'not_listed' | 'gone' | null;
  readonly page_due_at: Date | null;
  readonly page_etag: string | null;
  readonly page_last_modified: string | null;
  readonly page_failure_count: number;
  readonly page_error_code: string | null;
}

/** Those of the last listing, and those of the given ids. */
export async function readItems(
  pool: Pool,
  source: string,
  guids: readonly string[],
): Promise<readonly SourceItem[]> {
  const { rows } = await pool.query<ItemRow>(
    'SELECT * FROM ingestion.source_item WHERE source = $1 AND (listed OR guid = ANY($2))',
    [source, guids],
  );
  return rows.map(itemOf);
}

/** Those whose pages are to be fetched now, the longest due first. */
export async function readItemsWithDuePage(
  pool: Pool,
  source: string,
  countMax: number,
): Promise<readonly SourceItem[]> {
  const { rows } = await pool.query<ItemRow>(
    'SELECT * FROM ingestion.source_item WHERE source = $1 AND page_due_at <= now() ORDER BY page_due_at LIMIT $2',
    [source, countMax],
  );
  return rows.map(itemOf);
}

/** @throws SourceLeaseLostError */
export async function saveItem(pool: Pool, lease: SourceLease, item: SourceItem): Promise<void> {
  await underLease(pool, lease, (tx) => upsert(tx, lease.source, item));
}

/** All of a listing were seen now, and the missing ones are listed no more. @throws SourceLeaseLostError */
export async function noteListing(
  pool: Pool,
  lease: SourceLease,
  { seen, missing }: { readonly seen: readonly string[]; readonly missing: readonly string[] },
): Promise<void> {
  await underLease(pool, lease, async (tx) => {
    await tx.query(
      `UPDATE ingestion.source_item SET listed = true, last_seen_at = now()
       WHERE source = $1 AND guid = ANY($2)`,
      [lease.source, seen],
    );
    await tx.query('UPDATE ingestion.source_item SET listed = false WHERE source = $1 AND guid = ANY($2)', [
      lease.source,
      missing,
    ]);
  });
}

async function upsert(tx: PoolClient, source: string, item: SourceItem): Promise<void> {
  const row = rowOf(item);
  const columns = Object.keys(row);
  const values = columns.map((_, index) => `$${index + 2}`);
  const updates = columns
    .filter((column) => column !== 'guid')
    .map((column) => `${column} = excluded.${column}`);
  await tx.query(
    `INSERT INTO ingestion.source_item (source, ${columns.join(', ')}) VALUES ($1, ${values.join(', ')})
     ON CONFLICT (source, guid) DO UPDATE SET ${updates.join(', ')}`,
    [source, ...(Object.values(row) as unknown[])],
  );
  // The feed goes on to give the words.
  await tx.query(
    `UPDATE ingestion.source_item SET title = NULL, summary = ''
     WHERE source = $1 AND guid = $2 AND statement_id IN (SELECT statement_id FROM ingestion.redaction)`,
    [source, item.guid],
  );
}

function itemOf(row: ItemRow): SourceItem {
  return {
    guid: row.guid,
    feedSha256: row.feed_sha256.toString('hex'),
    url: row.url,
    title: row.title,
    language: row.language,
    publishedAtMs: row.published_at.getTime(),
    summary: row.summary,
    feedFetched: row.feed_fetched,
    textFrom: row.text_from,
    textSha256: row.text_sha256?.toString('hex') ?? null,
    summarySent: row.summary_sent,
    statementId: row.statement_id,
    refusedCode: row.refused_code,
    firstSeenAtMs: row.first_seen_at.getTime(),
    lastSeenAtMs: row.last_seen_at.getTime(),
    listed: row.listed,
    disappeared: row.disappeared,
    pageDueAtMs: row.page_due_at?.getTime() ?? null,
    pageEtag: row.page_etag,
    pageLastModified: row.page_last_modified,
    pageFailureCount: row.page_failure_count,
    pageErrorCode: row.page_error_code,
  };
}

function rowOf(item: SourceItem): ItemRow {
  return {
    guid: item.guid,
    feed_sha256: Buffer.from(item.feedSha256, 'hex'),
    url: item.url,
    title: item.title,
    language: item.language,
    published_at: new Date(item.publishedAtMs),
    summary: item.summary,
    feed_fetched: item.feedFetched,
    text_from: item.textFrom,
    text_sha256: item.textSha256 === null ? null : Buffer.from(item.textSha256, 'hex'),
    summary_sent: item.summarySent,
    statement_id: item.statementId,
    refused_code: item.refusedCode,
    first_seen_at: new Date(item.firstSeenAtMs),
    last_seen_at: new Date(item.lastSeenAtMs),
    listed: item.listed,
    disappeared: item.disappeared,
    page_due_at: item.pageDueAtMs === null ? null : new Date(item.pageDueAtMs),
    page_etag: item.pageEtag,
    page_last_modified: item.pageLastModified,
    page_failure_count: item.pageFailureCount,
    page_error_code: item.pageErrorCode,
  };
}
