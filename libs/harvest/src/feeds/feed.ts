/** One entry of a feed, whatever its format. */
export interface FeedItem {
  /** Stable within its feed: the feed's own id, else the address, else a hash of title and text. */
  readonly guid: string;
  /** Absolute, http or https. */
  readonly url: string | null;
  readonly title: string | null;
  /** RFC 3339 in UTC. */
  readonly publishedAt: string | null;
  readonly updatedAt: string | null;
  /** What the feed declares to be the whole text. */
  readonly content: FeedText | null;
  /** What it declares to be an abstract, or does not declare. */
  readonly summary: FeedText | null;
  /** BCP 47, as the item or the feed says. */
  readonly language: string | null;
}

export interface FeedText {
  readonly kind: 'html' | 'text';
  readonly value: string;
}

export interface Feed {
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly title: string | null;
  readonly language: string | null;
  /** As the feed lists them. */
  readonly items: readonly FeedItem[];
}

/** Bounds of one feed. */
export interface FeedLimits {
  readonly itemsMax: number;
  /** UTF-16 units of one text in the feed. */
  readonly textLengthMax: number;
  readonly depthMax: number;
}

export const defaultFeedLimits: FeedLimits = { itemsMax: 2_000, textLengthMax: 1_048_576, depthMax: 100 };
