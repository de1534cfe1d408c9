import { type FeedText } from './feed.ts';
import { feedDate } from './feed-date.ts';
import { feedText, languageTag, titleText, webUrl, type UnnamedItem } from './feed-fields.ts';
import { childOf, childrenOf, markupOf, textOf, type XmlElement } from './xml-element.ts';

/** An `entry` of Atom 1.0, or of the 0.3 that went before it. */
export function atomEntry(entry: XmlElement): UnnamedItem {
  const title = childOf(entry, 'atom:title');
  return {
    guid: textOf(childOf(entry, 'atom:id')),
    url: alternateLink(entry),
    title: titleText(textOf(title)),
    publishedAt: feedDate(textOf(childOf(entry, 'atom:published', 'atom:issued', 'atom:created'))),
    updatedAt: feedDate(textOf(childOf(entry, 'atom:updated', 'atom:modified'))),
    content: atomText(childOf(entry, 'atom:content')),
    summary: atomText(childOf(entry, 'atom:summary')),
    language: languageTag(entry.language),
  };
}

/** The address where the item itself can be read. */
export function alternateLink(element: XmlElement): string | null {
  const links = childrenOf(element, 'atom:link').filter(
    ({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate',
  );
  const page = links.find(({ attributes }) => /html/i.test(attributes['type'] ?? 'text/html')) ?? links[0];
  return page === undefined ? null : webUrl(page.attributes['href'], page.base);
}

function atomText(element: XmlElement | null): FeedText | null {
  // Content that lies elsewhere is no content of this feed.
  if (element === null || element.attributes['src'] !== undefined) return null;
  const type = element.attributes['type']?.trim().toLowerCase() ?? 'text';
  if (type === 'xhtml' || type === 'application/xhtml+xml') return feedText('html', markupOf(element));
  if (type === 'html' || type === 'text/html') return feedText('html', textOf(element));
  return type === 'text' || type.startsWith('text/') ? feedText('text', textOf(element)) : null;
}
