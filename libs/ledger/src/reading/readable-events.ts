import { type RecordedEvent } from '#events';
import { type LedgerPage } from '../ledger.ts';
import { type EntryReader, pageLimitMax } from './entry-reader.ts';
import { isReadable } from './recorded-row.ts';

/**
 * A page without the erased events. It is filled up from what follows, so that a page that is short, or empty, still
 * means what it says: there is nothing more.
 */
export async function readableEvents(
  reader: EntryReader,
  page: LedgerPage,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let after = page.after;
  for (;;) {
    const limit = page.limit - events.length;
    const entries = await reader.page({ ...page, after, limit });
    events.push(...entries.filter(isReadable));
    const last = entries.at(-1);
    if (last === undefined || entries.length < limit || events.length === page.limit) return events;
    after = last.position;
  }
}

export async function readableStream(
  reader: EntryReader,
  streamId: string,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let afterVersion = 0;
  for (;;) {
    const entries = await reader.stream(streamId, afterVersion, pageLimitMax);
    events.push(...entries.filter(isReadable));
    if (entries.length < pageLimitMax) return events;
    afterVersion = entries.at(-1)?.streamVersion ?? afterVersion;
  }
}
