import { feedDate } from './feed-date.ts';
import { feedText, languageTag, titleText, webUrl, type UnnamedItem } from './feed-fields.ts';
import { alternateLink } from './atom.reader.ts';
import { childOf, markupOf, textOf, type XmlElement } from './xml-element.ts';

/** An `item` of RSS 0.91 to 2.0 or of RSS 1.0 (RDF). */
export function rssItem(item: XmlElement): UnnamedItem {
  const guid = childOf(item, 'guid');
  const about = item.attributes['rdf:about'] ?? item.attributes['about'] ?? null;
  const body = childOf(item, 'xhtml:body', 'xhtml:div');
  return {
    guid: textOf(guid) ?? about,
    url: linkOf(item, guid) ?? webUrl(about, item.base),
    title: titleText(textOf(childOf(item, 'title', 'dc:title'))),
    publishedAt: feedDate(textOf(childOf(item, 'pubDate', 'dc:date', 'atom:published', 'dcterms:created'))),
    updatedAt: feedDate(textOf(childOf(item, 'atom:updated', 'dcterms:modified'))),
    content: feedText('html', textOf(childOf(item, 'content:encoded')) ?? (body && markupOf(body))),
    summary: feedText('html', textOf(childOf(item, 'description', 'dc:description', 'atom:summary'))),
    language: languageTag(textOf(childOf(item, 'dc:language')) ?? item.language),
  };
}

function linkOf(item: XmlElement, guid: XmlElement | null): string | null {
  const link = childOf(item, 'link');
  const url = link === null ? null : webUrl(textOf(link), link.base);
  if (url !== null) return url;
  const alternate = alternateLink(item);
  if (alternate !== null || guid === null) return alternate;
  // An id is an address unless it says that it is none; only an absolute one can be told from a mere id.
  const isPermaLink = guid.attributes['isPermaLink']?.trim().toLowerCase() !== 'false';
  const text = textOf(guid) ?? '';
  return isPermaLink && /^https?:\/\//i.test(text) ? webUrl(text, guid.base) : null;
}
