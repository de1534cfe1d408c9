import { type Feed, type FeedText } from './feeds/feed.ts';
import { type FeedDocument } from './feeds/feed.reader.ts';
import { type HarvestCode } from './harvest.error.ts';
import { type PageDocument, type PageText } from './pages/page.reader.ts';

/** What a reader is given. */
export type ReadingJob =
  | { readonly kind: 'feed'; readonly document: FeedDocument }
  | { readonly kind: 'page'; readonly document: PageDocument }
  | { readonly kind: 'fragment'; readonly text: FeedText };

/** What comes of each kind of job. */
export interface Readings {
  readonly feed: Feed;
  readonly page: PageText;
  readonly fragment: string;
}

export type ReadingAnswer =
  | { readonly read: unknown }
  | {
      readonly fault: { readonly code: HarvestCode; readonly message: string; readonly line: number | null };
    };
