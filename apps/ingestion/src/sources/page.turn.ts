import { HarvestError, mayBePage, pageAccept, type Fetched, type FetchedContent } from '#harvest';
import { nextCheckMs, nextPageTryMs } from './poll.schedule.ts';
import { readItemsWithDuePage, saveItem, type SourceItem } from './source-item.store.ts';
import { type SourceLease } from './source.lease.ts';
import { type StatementDelivery } from './statement.delivery.ts';
import { type TurnParts } from './turn.parts.ts';

export interface PagesOutcome {
  readonly fetchedCount: number;
  readonly failedCount: number;
}

/** Faults that pass: the same page may well be there later. All others are the page as it is. */
const passing =
  /^(timeout|idle_timeout|broken_off|protocol_error|reset|connect_\w+|tls_\w+|dns_\w+|robots_unreachable|http_(429|5\d\d))$/;
/** With this many failures the summary of the feed has to do, until the page can be read. */
const failuresBeforeSummary = 3;
const failuresMax = 8;

/** Fetches the pages of a source's items that are due: those whose text the feed did not give, and those to check. */
export async function takePageTurn(
  lease: SourceLease,
  delivery: StatementDelivery,
  parts: TurnParts,
  stop: AbortSignal,
): Promise<PagesOutcome> {
  const items = await readItemsWithDuePage(parts.pool, lease.source, parts.pagesMax);
  let failedCount = 0;
  for (const item of items) {
    stop.throwIfAborted();
    const after = await new PageTurn(delivery, parts, stop, item).run();
    if (after.pageErrorCode !== null) failedCount += 1;
    await saveItem(parts.pool, lease, after);
  }
  return { fetchedCount: items.length, failedCount };
}

class PageTurn {
  constructor(
    private readonly delivery: StatementDelivery,
    private readonly parts: TurnParts,
    private readonly stop: AbortSignal,
    private readonly item: SourceItem,
  ) {}

  /** @returns the item as it is to be kept */
  async run(): Promise<SourceItem> {
    try {
      return await this.#answerTo(await this.#fetch());
    } catch (error) {
      if (error instanceof HarvestError) return this.#failed(error.code, null);
      throw error;
    }
  }

  async #fetch(): Promise<Fetched> {
    const { url, textFrom, pageEtag: etag, pageLastModified: lastModified } = this.item;
    if (url === null) throw new Error(`The item ${this.item.guid} has no page to be fetched`);
    const fetch = textFrom === 'page' ? this.parts.fetchPage : this.parts.fetchPresence;
    return fetch({ url, etag, lastModified, accept: pageAccept, acceptable: mayBePage }, this.stop);
  }

  async #answerTo(fetched: Fetched): Promise<SourceItem> {
    switch (fetched.kind) {
      case 'content':
        return isSentHome(fetched) ? this.#failed('redirected_home', null) : this.#read(fetched);
      case 'unchanged':
        return this.#present(this.item);
      case 'gone':
        return this.#gone(fetched.status);
      case 'busy':
        return this.#failed(`http_${fetched.status}`, fetched.retryAfterMs);
      case 'failed':
      case 'refused':
        return this.#failed(`http_${fetched.status}`, null);
    }
  }

  async #read(content: FetchedContent): Promise<SourceItem> {
    if (this.item.textFrom === 'feed') return this.#present(this.item);
    const page = await this.parts.room.readPage({ ...content, url: content.finalUrl });
    const { item } = this;
    const dated = {
      ...item,
      title: item.title ?? page.title,
      language: item.language ?? page.language,
      publishedAtMs: this.#publishedAtMs(page.publishedAt),
      pageEtag: content.headers['etag'] ?? null,
      pageLastModified: content.headers['last-modified'] ?? null,
    };
    const fetched = await this.delivery.custodyOf(content);
    const sent = await this.delivery.send(dated, { text: page.text, fetched });
    return this.#present({ ...sent, summarySent: false });
  }

  /** What the feed says goes first; an item that it leaves undated stands at the moment when we first saw it. */
  #publishedAtMs(said: string | null): number {
    const { publishedAtMs, firstSeenAtMs } = this.item;
    const isUndated = publishedAtMs === firstSeenAtMs;
    const saidMs = said === null ? NaN : Date.parse(said);
    return isUndated && saidMs <= this.parts.now() ? saidMs : publishedAtMs;
  }

  async #present(item: SourceItem): Promise<SourceItem> {
    const found = item.disappeared === 'gone' ? await this.delivery.find(item) : item;
    return { ...this.#checked(found), lastSeenAtMs: this.parts.now(), pageErrorCode: null };
  }

  async #gone(status: number): Promise<SourceItem> {
    const { item } = this;
    const told = item.statementId === null ? await this.#withSummary(`http_${status}`) : item;
    const missed = told.disappeared === null ? await this.delivery.miss(told, 'gone') : told;
    return { ...this.#checked(missed), pageErrorCode: `http_${status}` };
  }

  #checked(item: SourceItem): SourceItem {
    return {
      ...item,
      pageFailureCount: 0,
      pageDueAtMs: nextCheckMs(item.firstSeenAtMs, this.parts.now()),
    };
  }

  async #failed(code: string, retryAfterMs: number | null): Promise<SourceItem> {
    const failureCount = this.item.pageFailureCount + 1;
    const passes = passing.test(code);
    const tryAgain = passes && failureCount < failuresMax;
    const giveSummary = !passes || failureCount >= failuresBeforeSummary;
    const { statementId, summarySent } = this.item;
    const told =
      giveSummary && (statementId === null || summarySent) ? await this.#withSummary(code) : this.item;
    return {
      ...told,
      pageErrorCode: code,
      pageFailureCount: failureCount,
      pageDueAtMs: tryAgain ? nextPageTryMs(failureCount, retryAfterMs, this.parts.now()) : null,
    };
  }

  async #withSummary(code: string): Promise<SourceItem> {
    const { item } = this;
    if (item.summary === '') return { ...item, refusedCode: code };
    const sent = await this.delivery.send(item, { text: item.summary, fetched: item.feedFetched });
    return { ...sent, summarySent: true };
  }
}

/** Sites send readers of what they took down to their front page, which would pass for a correction. */
function isSentHome({ url, finalUrl }: FetchedContent): boolean {
  const isHome = (text: string) => /^\/?$/.test(new URL(text).pathname) && new URL(text).search === '';
  return isHome(finalUrl) && !isHome(url);
}
