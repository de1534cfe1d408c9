import { HarvestError } from '../harvest.error.ts';
import { atomEntry } from './atom.reader.ts';
import { defaultFeedLimits, type Feed, type FeedLimits } from './feed.ts';
import { distinct, languageTag, titleText, type UnnamedItem } from './feed-fields.ts';
import { readJsonFeed } from './json-feed.reader.ts';
import { rssItem } from './rss.reader.ts';
import { decodeDocument } from './text-decoder.ts';
import { textOf, type XmlElement } from './xml-element.ts';
import { readXml, type XmlVisitor } from './xml.reader.ts';

/** A feed as it came over the wire. */
export interface FeedDocument {
  readonly bytes: Uint8Array;
  /** Of the `Content-Type` header. */
  readonly charset: string | null;
  /** Where it came from in the end, for relative addresses. */
  readonly url: string;
}

export const feedAccept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1';

/** Many servers send feeds as plain text or as bytes, so only what can be no feed is turned away unread. */
export function mayBeFeed(mediaType: string | null): boolean {
  return mediaType === null || /xml|json|^text\/(plain|html)$|octet-stream|rss|atom/.test(mediaType);
}

/**
 * Reads RSS 0.91–2.0, RSS 1.0, Atom and JSON Feed.
 * @throws HarvestError and nothing else
 */
export function readFeed(document: FeedDocument, limits: FeedLimits = defaultFeedLimits): Feed {
  const text = decodeDocument(document.bytes, document.charset, declaredEncoding).trimStart();
  if (/^[[{]/.test(text)) return readJsonFeed(text, document.url, limits);
  if (!text.startsWith('<') || /^<(!doctype\s+html|html)\b/i.test(text)) {
    throw new HarvestError('not_a_feed', 'The document is no RSS, Atom or JSON Feed');
  }
  const collector = new FeedCollector(limits);
  readXml(text, document.url, limits, collector);
  return collector.feed();
}

function declaredEncoding(head: string): string | null {
  return (
    /^\s{0,100}<\?xml[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/.exec(head)?.[1] ?? null
  );
}

const formats: Readonly<Record<string, Exclude<Feed['format'], 'json'>>> = {
  rss: 'rss',
  'rdf:RDF': 'rdf',
  'atom:feed': 'atom',
};

class FeedCollector implements XmlVisitor {
  readonly #items: UnnamedItem[] = [];
  readonly #limits: FeedLimits;
  #format: Exclude<Feed['format'], 'json'> = 'rss';
  #title: string | null = null;
  #language: string | null = null;

  constructor(limits: FeedLimits) {
    this.#limits = limits;
  }

  root(element: XmlElement): void {
    const format = formats[element.name];
    if (format === undefined) {
      throw new HarvestError(
        'not_a_feed',
        `The document is a "${element.name.slice(0, 50)}", which is no feed`,
      );
    }
    this.#format = format;
    this.#language = languageTag(element.language);
  }

  unit(element: XmlElement): void {
    switch (element.name) {
      case 'item':
        this.#add(rssItem(element));
        break;
      case 'atom:entry':
        this.#add(atomEntry(element));
        break;
      case 'title':
      case 'atom:title':
        this.#title ??= titleText(textOf(element));
        break;
      case 'language':
      case 'dc:language':
        this.#language ??= languageTag(textOf(element));
        break;
    }
  }

  feed(): Feed {
    const language = this.#language;
    const items = distinct(this.#items).map((item) => ({ ...item, language: item.language ?? language }));
    return { format: this.#format, title: this.#title, language, items };
  }

  #add(item: UnnamedItem): void {
    if (this.#items.length >= this.#limits.itemsMax) {
      throw new HarvestError('too_many_items', `The feed lists more than ${this.#limits.itemsMax} items`);
    }
    this.#items.push(item);
  }
}
