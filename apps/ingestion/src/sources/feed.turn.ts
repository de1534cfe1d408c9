import {
  feedAccept,
  HarvestError,
  mayBeFeed,
  type Fetched,
  type FetchedContent,
  type FeedItem,
} from '#harvest';
import { type Fetched as Custody } from '../statements/statement-coding.ts';
import { type FeedOutcome, noteFailure, noteSuccess } from './feed.outcome.ts';
import { readItemText } from './item.reader.ts';
import { keptItem, listedItem } from './listed.item.ts';
import { decideListing, type Listing } from './listing.decider.ts';
import { nextCheckMs } from './poll.schedule.ts';
import { noteListing, readItems, saveItem, type SourceItem } from './source-item.store.ts';
import { type SourceLease } from './source.lease.ts';
import { type StatementDelivery } from './statement.delivery.ts';
import { type TurnParts } from './turn.parts.ts';

/** Fetches the feed and follows what it says. What is wrong with the feed is an outcome; what is wrong with us throws. */
export async function takeFeedTurn(
  lease: SourceLease,
  delivery: StatementDelivery,
  parts: TurnParts,
  stop: AbortSignal,
): Promise<FeedOutcome> {
  const nowMs = parts.now();
  let retryAfterMs: number | null = null;
  try {
    const { feedUrl: url, etag, lastModified } = lease;
    const request = { url, etag, lastModified, accept: feedAccept, acceptable: mayBeFeed };
    const fetched = await parts.fetchFeed(request, stop);
    if (fetched.kind === 'busy') ({ retryAfterMs } = fetched);
    if (fetched.kind === 'unchanged')
      return await noteSuccess(parts.pool, lease, fetched, { kind: 'unchanged' }, nowMs);
    const content = contentOf(fetched);
    const { items } = await parts.room.readFeed({ ...content, url: content.finalUrl });
    const outcome = await new FeedTurn(lease, delivery, parts, stop, content, items).run();
    // Only now, for the server need not send again what was not yet followed to its end.
    return await noteSuccess(parts.pool, lease, fetched, outcome, nowMs);
  } catch (error) {
    if (!(error instanceof HarvestError)) throw error;
    return noteFailure(parts.pool, lease, error, retryAfterMs, nowMs);
  }
}

function contentOf(fetched: Fetched): FetchedContent {
  if (fetched.kind === 'content') return fetched;
  throw new HarvestError(`http_${fetched.status}`, `The server answers ${fetched.status}`);
}

class FeedTurn {
  #custody: Custody | null = null;

  constructor(
    private readonly lease: SourceLease,
    private readonly delivery: StatementDelivery,
    private readonly parts: TurnParts,
    private readonly stop: AbortSignal,
    private readonly content: FetchedContent,
    private readonly items: readonly FeedItem[],
  ) {}

  async run(): Promise<FeedOutcome> {
    const { pool } = this.parts;
    const guids = this.items.map(({ guid }) => guid);
    const known = await readItems(pool, this.lease.source, guids);
    const knownByGuid = new Map(known.map((item) => [item.guid, item]));
    const listing = decideListing(known, this.items.map(listedItem));
    const news = new Set([...listing.fresh, ...listing.changed]);
    // Feeds list the newest first; the ledger reads better in the order of events.
    for (const item of this.items.toReversed()) {
      this.stop.throwIfAborted();
      if (news.has(item.guid)) await this.#follow(item, knownByGuid.get(item.guid) ?? null);
    }
    await this.#mark(listing);
    await noteListing(pool, this.lease, { seen: guids, missing: [...listing.vanished, ...listing.agedOut] });
    return {
      kind: 'read',
      itemCount: this.items.length,
      newCount: listing.fresh.length,
      changedCount: listing.changed.length,
      disappearedCount: listing.vanished.length,
      reappearedCount: listing.returned.length,
    };
  }

  /** A new or changed item: its text is taken from the feed, or its page is noted to be fetched. */
  async #follow(item: FeedItem, known: SourceItem | null): Promise<void> {
    const { pool, now, room } = this.parts;
    this.#custody ??= await this.delivery.custodyOf(this.content);
    const { text, isWhole } = await readItemText(item, room);
    const kept = keptItem(item, known, text, this.#custody, now());
    // Once read from its page, an item stays with it: two sources of one text would correct each other for ever.
    const wasReadFromPage = known?.textFrom === 'page' && known.statementId !== null && !known.summarySent;
    if (kept.url !== null && (wasReadFromPage || !isWhole)) {
      const pageDue = { textFrom: 'page', pageDueAtMs: now(), pageFailureCount: 0 } as const;
      await saveItem(pool, this.lease, { ...kept, ...pageDue });
      return;
    }
    const sent =
      text === ''
        ? { ...kept, refusedCode: 'no_text' }
        : await this.delivery.send(kept, { text, fetched: this.#custody });
    const pageDueAtMs = kept.url === null ? null : nextCheckMs(kept.firstSeenAtMs, now());
    await saveItem(pool, this.lease, { ...sent, textFrom: 'feed', summarySent: false, pageDueAtMs });
  }

  /** Reads the items anew, as what they say now may have been sent a moment ago. */
  async #mark({ vanished, returned }: Listing): Promise<void> {
    const { pool } = this.parts;
    const items = await readItems(pool, this.lease.source, [...vanished, ...returned]);
    for (const item of items) {
      if (vanished.includes(item.guid)) {
        await saveItem(pool, this.lease, await this.delivery.miss(item, 'not_listed'));
      } else if (returned.includes(item.guid)) {
        await saveItem(pool, this.lease, await this.delivery.find(item));
      }
    }
  }
}
