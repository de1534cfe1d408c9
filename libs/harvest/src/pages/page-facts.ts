import { feedDate } from '../feeds/feed-date.ts';
import { languageTag, titleText, webUrl } from '../feeds/feed-fields.ts';
import { type MarkupDocument } from './markup-node.ts';

/** What a page says about itself. */
export interface PageFacts {
  readonly title: string | null;
  readonly publishedAt: string | null;
  readonly modifiedAt: string | null;
  readonly language: string | null;
  readonly canonicalUrl: string | null;
}

/** MUST be asked before Readability works on the document, which takes most of this away. */
export function pageFacts(document: MarkupDocument, url: string): PageFacts {
  const meta = metaOf(document);
  const linked = linkedData(document);
  const first = (...names: readonly string[]) => names.map((name) => meta.get(name)).find(Boolean) ?? null;
  return {
    title: titleText(
      first('og:title', 'twitter:title') ?? textIn(document, 'title') ?? textIn(document, 'h1'),
    ),
    publishedAt:
      feedDate(first('article:published_time', 'og:article:published_time', 'datepublished')) ??
      feedDate(linked.get('datePublished') ?? null) ??
      feedDate(
        first(
          'dc.date.issued',
          'dcterms.created',
          'dc.date',
          'date',
          'pubdate',
          'publishdate',
          'parsely-pub-date',
        ),
      ) ??
      timeIn(document),
    modifiedAt:
      feedDate(first('article:modified_time', 'og:updated_time', 'datemodified')) ??
      feedDate(linked.get('dateModified') ?? null),
    language: languageTag(
      document.documentElement?.getAttribute('lang') ?? first('og:locale', 'content-language', 'dc.language'),
    ),
    canonicalUrl: webUrl(canonicalLink(document) ?? first('og:url'), url),
  };
}

const metaMax = 500;

/** By `property`, `name`, `itemprop` or `http-equiv`, in lower case; the first of each. */
function metaOf(document: MarkupDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const element of document.querySelectorAll('meta[content]')) {
    const name = ['property', 'name', 'itemprop', 'http-equiv']
      .map((attribute) => element.getAttribute(attribute))
      .find((value) => value !== null && value !== '');
    const key = name?.toLowerCase();
    if (key !== undefined && !found.has(key)) found.set(key, element.getAttribute('content') ?? '');
    if (found.size >= metaMax) break;
  }
  return found;
}

const scriptsMax = 10;
const scriptLengthMax = 200_000;
const nodesMax = 2_000;

/** The first `datePublished` and `dateModified` of the page's JSON-LD, wherever they stand in it. */
function linkedData(document: MarkupDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let scriptCount = 0;
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    scriptCount += 1;
    if (scriptCount > scriptsMax) break;
    const text = script.textContent ?? '';
    if (text.length <= scriptLengthMax) collectDates(text, found);
  }
  return found;
}

function collectDates(text: string, found: Map<string, string>): void {
  let queue: unknown[];
  try {
    queue = [JSON.parse(text)];
  } catch {
    return;
  }
  for (let at = 0; at < queue.length && at < nodesMax; at += 1) {
    const node = queue[at];
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, value] of Object.entries(node)) {
      const isDate = key === 'datePublished' || key === 'dateModified';
      if (isDate && typeof value === 'string' && !found.has(key)) found.set(key, value);
      else if (typeof value === 'object' && value !== null) queue.push(value);
    }
  }
}

/** A `time` that says it is the date of publication, else the only one that the article has. */
function timeIn(document: MarkupDocument): string | null {
  const times = [...document.querySelectorAll('article time[datetime], main time[datetime], time[itemprop]')];
  const declared = times.find(
    (time) => time.getAttribute('pubdate') !== null || time.getAttribute('itemprop') === 'datePublished',
  );
  return feedDate((declared ?? times[0])?.getAttribute('datetime') ?? null);
}

function textIn(document: MarkupDocument, selector: string): string | null {
  for (const element of document.querySelectorAll(selector)) {
    const text = element.textContent?.trim() ?? '';
    if (text !== '') return text;
  }
  return null;
}

function canonicalLink(document: MarkupDocument): string | null {
  for (const link of document.querySelectorAll('link[rel="canonical"]')) return link.getAttribute('href');
  return null;
}
