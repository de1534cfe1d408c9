/** An item that the source has shown before. */
export interface KnownItem {
  readonly guid: string;
  /** Of everything that the feed said of it. */
  readonly feedSha256: string;
  readonly publishedAtMs: number;
  /** It was in the last listing. */
  readonly listed: boolean;
  readonly disappeared: 'not_listed' | 'gone' | null;
}

/** An item of the feed as it is now. */
export interface ListedItem {
  readonly guid: string;
  readonly feedSha256: string;
  readonly publishedAtMs: number | null;
}

/** What a listing says, compared with what was known. All by guid. */
export interface Listing {
  readonly fresh: readonly string[];
  readonly changed: readonly string[];
  /** Missed before, and listed again. */
  readonly returned: readonly string[];
  /** Taken out of the feed, which still lists older ones. */
  readonly vanished: readonly string[];
  /** Too old for the feed to list. */
  readonly agedOut: readonly string[];
}

/** Feeds list their newest items: one that is gone from the end was pushed out, one from the middle was taken out. */
export function decideListing(known: readonly KnownItem[], listed: readonly ListedItem[]): Listing {
  const knownByGuid = new Map(known.map((item) => [item.guid, item]));
  const guids = new Set(listed.map(({ guid }) => guid));
  const oldestMs = oldestOf(listed, knownByGuid);
  // An empty feed is a mishap of the publisher's more often than a wish; it says nothing of any item.
  const missing = listed.length === 0 ? [] : known.filter((item) => item.listed && !guids.has(item.guid));
  const isVanished = ({ publishedAtMs }: KnownItem) => publishedAtMs > oldestMs;
  return {
    fresh: listed.filter(({ guid }) => !knownByGuid.has(guid)).map(({ guid }) => guid),
    changed: listed
      .filter(({ guid, feedSha256 }) => (knownByGuid.get(guid)?.feedSha256 ?? feedSha256) !== feedSha256)
      .map(({ guid }) => guid),
    returned: known
      .filter(({ guid, disappeared }) => disappeared === 'not_listed' && guids.has(guid))
      .map(({ guid }) => guid),
    vanished: missing.filter(isVanished).map(({ guid }) => guid),
    agedOut: missing.filter((item) => !isVanished(item)).map(({ guid }) => guid),
  };
}

/**
 * The end of the feed's window. An old item pinned above newer ones is out of order and does not stretch it, or
 * everything that ages out would seem to be taken out.
 */
function oldestOf(listed: readonly ListedItem[], known: ReadonlyMap<string, KnownItem>): number {
  const dates = listed
    .map(({ guid, publishedAtMs }) => publishedAtMs ?? known.get(guid)?.publishedAtMs ?? null)
    .filter((date) => date !== null);
  const rises = dates.filter((date, index) => index > 0 && date > (dates[index - 1] ?? date)).length;
  const falls = dates.filter((date, index) => index > 0 && date < (dates[index - 1] ?? date)).length;
  const newestFirst = rises > falls ? dates.toReversed() : dates;
  let oldest = Infinity;
  let newestAfter = -Infinity;
  for (const date of newestFirst.toReversed()) {
    if (date >= newestAfter) oldest = Math.min(oldest, date);
    newestAfter = Math.max(newestAfter, date);
  }
  return oldest;
}
