import { createHash } from 'node:crypto';
import { type FeedItem } from '#harvest';
import { type Fetched } from '../statements/statement-coding.ts';
import { type ListedItem } from './listing.decider.ts';
import { type SourceItem } from './source-item.store.ts';

export function listedItem(item: FeedItem): ListedItem {
  const publishedAtMs = item.publishedAt === null ? null : Date.parse(item.publishedAt);
  return { guid: item.guid, feedSha256: sha256Of(item), publishedAtMs };
}

/**
 * An item as it is kept, with what the feed says of it now.
 * @param known what was kept of it before
 */
export function keptItem(
  item: FeedItem,
  known: SourceItem | null,
  summary: string,
  feedFetched: Fetched,
  nowMs: number,
): SourceItem {
  const firstSeenAtMs = known?.firstSeenAtMs ?? nowMs;
  return {
    ...(known ?? unread),
    guid: item.guid,
    feedSha256: sha256Of(item),
    url: item.url,
    title: item.title,
    language: item.language,
    publishedAtMs: publishedAtOf(item, known, firstSeenAtMs, nowMs),
    summary,
    feedFetched,
    firstSeenAtMs,
    lastSeenAtMs: nowMs,
    listed: true,
  };
}

const unread = {
  textFrom: 'feed',
  textSha256: null,
  summarySent: false,
  statementId: null,
  refusedCode: null,
  disappeared: null,
  pageDueAtMs: null,
  pageEtag: null,
  pageLastModified: null,
  pageFailureCount: 0,
  pageErrorCode: null,
} as const;

const futureMaxMs = 24 * 3_600_000;

/** A date that the feed leaves out is when we first saw the item, as is one from the days to come. */
function publishedAtOf(
  { publishedAt, updatedAt }: FeedItem,
  known: SourceItem | null,
  firstSeenAtMs: number,
  nowMs: number,
): number {
  const said = publishedAt ?? (known === null ? updatedAt : null);
  const saidMs = said === null ? (known?.publishedAtMs ?? firstSeenAtMs) : Date.parse(said);
  return saidMs > nowMs + futureMaxMs ? firstSeenAtMs : saidMs;
}

function sha256Of(item: FeedItem): string {
  return createHash('sha256').update(JSON.stringify(item)).digest('hex');
}
