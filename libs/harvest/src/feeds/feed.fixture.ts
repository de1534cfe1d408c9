import { HarvestError } from '../harvest.error.ts';
import { type Feed, type FeedItem } from './feed.ts';
import { readFeed } from './feed.reader.ts';

export const url = 'https://news.example/feeds/all.xml';

export function read(text: string | Buffer, charset: string | null = null): Feed {
  return readFeed({ bytes: Buffer.from(text as string), charset, url });
}

export function onlyItem(text: string | Buffer, charset: string | null = null): FeedItem {
  const { items } = read(text, charset);
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`The feed has ${items.length} items`);
  return item;
}

export function faultOf(
  text: string | Buffer,
  charset: string | null = null,
): { code: string; line: number | null } {
  try {
    read(text, charset);
  } catch (error) {
    if (error instanceof HarvestError) return { code: error.code, line: error.line };
    throw error;
  }
  return { code: 'read', line: null };
}

export function rss(items: string, head = ''): string {
  return `<?xml version="1.0"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Valley Herald</title><language>en-us</language>${head}${items}</channel></rss>`;
}
