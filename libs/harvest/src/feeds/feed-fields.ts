import { createHash } from 'node:crypto';
import { type FeedItem, type FeedText } from './feed.ts';
import { htmlEntities } from './xml-names.ts';

const urlLengthMax = 2_000;
const titleLengthMax = 1_000;
/** Ids are keys of tables; a longer one is known by its hash. */
const guidLengthMax = 600;

/** An item before it is given the id that its feed may have left out. */
export type UnnamedItem = Omit<FeedItem, 'guid'> & { readonly guid: string | null };

/** An address of the web, absolute; null for anything else. */
export function webUrl(reference: string | null | undefined, base: string): string | null {
  const trimmed = reference?.trim() ?? '';
  const url = trimmed === '' ? null : URL.parse(trimmed, base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > urlLengthMax) return null;
  return url.href;
}

/** One line of plain text; feeds put markup and doubly escaped characters into titles. */
export function titleText(text: string | null): string | null {
  if (text === null) return null;
  const plain = storable(text.slice(0, 10 * titleLengthMax))
    .replaceAll(/<\/?[a-z][^<>]{0,500}>/gi, '')
    .replaceAll(
      /&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi,
      (reference, name: string) => characterOf(name) ?? reference,
    )
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, titleLengthMax);
  return plain === '' ? null : plain.toWellFormed();
}

const xmlEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function characterOf(name: string): string | undefined {
  const numeric = /^#(x?)([0-9a-f]+)$/i.exec(name);
  if (numeric === null) return xmlEntities[name] ?? htmlEntities[name];
  const code = Number.parseInt(numeric[2] ?? '', numeric[1] === '' ? 10 : 16);
  return code > 31 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}

/** `en`, `en-US`; the `en_US` of some feeds is mended. */
export function languageTag(text: string | null | undefined): string | null {
  const tag = text?.trim().replaceAll('_', '-') ?? '';
  return /^[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}$/i.test(tag) ? tag : null;
}

export function feedText(kind: FeedText['kind'], value: string | null): FeedText | null {
  return value === null || value.trim() === '' ? null : { kind, value: storable(value) };
}

/** Neither Postgres nor canonical JSON takes NUL or half a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed();
}

/**
 * Gives each item an id of its own. Feeds exist that give all items one id, or repeat an item: where one id stands
 * for several addresses the address is the id; a plain repetition is left out.
 */
export function distinct(items: readonly UnnamedItem[]): readonly FeedItem[] {
  const urlsOf = new Map<string, Set<string | null>>();
  const named = items.map((item): FeedItem => {
    const guid = shortId(item.guid ?? item.url ?? hashOf(item));
    const urls = urlsOf.get(guid) ?? new Set();
    urlsOf.set(guid, urls.add(item.url));
    return { ...item, guid };
  });
  const byGuid = new Map<string, FeedItem>();
  for (const item of named) {
    const ambiguous = (urlsOf.get(item.guid)?.size ?? 1) > 1;
    const guid = ambiguous ? shortId(item.url ?? hashOf(item)) : item.guid;
    if (!byGuid.has(guid)) byGuid.set(guid, { ...item, guid });
  }
  return [...byGuid.values()];
}

function shortId(id: string): string {
  const stored = storable(id);
  return stored.length <= guidLengthMax ? stored : sha256Of(stored);
}

function hashOf({ title, content, summary }: UnnamedItem): string {
  return sha256Of(JSON.stringify([title, content?.value, summary?.value]));
}

function sha256Of(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
