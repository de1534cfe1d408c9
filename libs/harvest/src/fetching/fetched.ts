/** What is asked of a server. */
export interface FetchRequest {
  readonly url: string;
  /** The `Accept` header. */
  readonly accept: string;
  /** Judges the media type of a 200, lower case and without parameters; null where the server names none. */
  readonly acceptable: (mediaType: string | null) => boolean;
  /** From an earlier answer: the server need not send again what has not changed. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
}

/** Bounds of one fetch, redirects included. */
export interface FetchLimits {
  /** TCP and TLS of one hop. */
  readonly connectTimeoutMs: number;
  /** From the standing connection to the end of the answer's head. */
  readonly headersTimeoutMs: number;
  /** Between two pieces of a body. */
  readonly idleTimeoutMs: number;
  /** The whole of one hop: a body that trickles in is never idle. */
  readonly totalTimeoutMs: number;
  readonly wireBytesMax: number;
  /** After decompression. */
  readonly bodyBytesMax: number;
  /** What becomes of a longer body: an error, or its beginning is enough. */
  readonly overflow: 'refuse' | 'cut';
  readonly redirectsMax: number;
}

/** An answer, by what it means for whoever asked. */
export type Fetched =
  | FetchedContent
  | (FetchedHead & { readonly kind: 'unchanged' })
  /** 404 and 410: there is nothing there, and the server knows it. */
  | (FetchedHead & { readonly kind: 'gone' })
  /** 429 and 503: come again, later. */
  | (FetchedHead & { readonly kind: 'busy'; readonly retryAfterMs: number | null })
  /** Any other 4xx or odd status: asking again as we asked will not help. */
  | (FetchedHead & { readonly kind: 'refused' })
  /** Any other 5xx. */
  | (FetchedHead & { readonly kind: 'failed' });

export interface FetchedContent extends FetchedHead {
  readonly kind: 'content';
  /** Decompressed. */
  readonly bytes: Buffer;
  /** Lower case, without parameters. */
  readonly mediaType: string | null;
  /** As the `Content-Type` header has it. */
  readonly charset: string | null;
}

export interface FetchedHead {
  readonly status: number;
  readonly url: string;
  /** After redirects. */
  readonly finalUrl: string;
  /** Those that tell what was served and when; never cookies. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetchedAt: string;
}

/** Fetches within limits, or rejects with a `HarvestError`; when `stop` is aborted, with its reason. */
export type Fetcher = (request: FetchRequest, stop: AbortSignal) => Promise<Fetched>;
