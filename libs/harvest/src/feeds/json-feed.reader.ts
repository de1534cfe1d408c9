import { z } from 'zod';
import { HarvestError } from '../harvest.error.ts';
import { type Feed, type FeedLimits } from './feed.ts';
import { feedDate } from './feed-date.ts';
import { distinct, feedText, languageTag, titleText, webUrl, type UnnamedItem } from './feed-fields.ts';

/** A field of the wrong kind is a field that is missing: one slip must not cost the other items. */
const text = z.string().nullable().catch(null).default(null);

const jsonItem = z.object({
  id: z
    .union([z.string(), z.number().transform(String)])
    .nullable()
    .catch(null)
    .default(null),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  language: text,
});

const jsonFeed = z.object({
  version: z.string().regex(/^https?:\/\/jsonfeed\.org\/version\//),
  title: text,
  language: text,
  items: z.array(z.unknown()),
});

/** JSON Feed 1.0 and 1.1. */
export function readJsonFeed(document: string, documentUrl: string, limits: FeedLimits): Feed {
  const feed = jsonFeed.safeParse(parsed(document));
  if (!feed.success) throw new HarvestError('not_a_feed', 'The document is JSON, but no JSON Feed');
  const { title, language, items } = feed.data;
  if (items.length > limits.itemsMax) {
    throw new HarvestError('too_many_items', `The feed lists more than ${limits.itemsMax} items`);
  }
  const unnamed = items.flatMap((candidate): UnnamedItem[] => {
    const item = jsonItem.safeParse(candidate);
    return item.success ? [itemOf(item.data, documentUrl, language, limits)] : [];
  });
  return {
    format: 'json',
    title: titleText(title),
    language: languageTag(language),
    items: distinct(unnamed),
  };
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document) as unknown;
  } catch (error) {
    throw new HarvestError('json_malformed', (error as Error).message.slice(0, 300), { cause: error });
  }
}

function itemOf(
  item: z.output<typeof jsonItem>,
  documentUrl: string,
  language: string | null,
  { textLengthMax }: FeedLimits,
): UnnamedItem {
  const { content_html: html, content_text: plain } = item;
  if (Math.max(html?.length ?? 0, plain?.length ?? 0, item.summary?.length ?? 0) > textLengthMax) {
    throw new HarvestError('text_too_long', `An item is longer than ${textLengthMax} characters`);
  }
  return {
    guid: item.id,
    url: webUrl(item.url, documentUrl) ?? webUrl(item.external_url, documentUrl),
    title: titleText(item.title),
    publishedAt: feedDate(item.date_published),
    updatedAt: feedDate(item.date_modified),
    content: feedText('html', html) ?? feedText('text', plain),
    summary: feedText('text', item.summary),
    language: languageTag(item.language) ?? languageTag(language),
  };
}
