import { Readability } from '@mozilla/readability';
import { HarvestError } from '../harvest.error.ts';
import { storable } from '../feeds/feed-fields.ts';
import { type FeedText } from '../feeds/feed.ts';
import { decodeDocument } from '../feeds/text-decoder.ts';
import { following, parseMarkup, type MarkupDocument, type MarkupNode } from './markup-node.ts';
import { pageFacts, type PageFacts } from './page-facts.ts';
import { markParagraphs, paragraphsOf } from './paragraphs.ts';

export interface PageDocument {
  readonly bytes: Uint8Array;
  /** Of the `Content-Type` header. */
  readonly charset: string | null;
  readonly url: string;
}

export interface PageText extends PageFacts {
  /** The article alone: paragraphs joined by `\n`. */
  readonly text: string;
}

export const pageAccept = 'text/html, application/xhtml+xml;q=0.9';

export function mayBePage(mediaType: string | null): boolean {
  return mediaType === null || mediaType === 'text/html' || mediaType === 'application/xhtml+xml';
}

/** Shorter, it is a notice that there is nothing, or a menu. */
const articleLengthMin = 100;
/** Readability takes time with the square of the depth. */
const depthMax = 300;
/** Each may become a node, which takes a hundred times the memory. */
const tagsMax = 250_000;

/**
 * Finds the article in a page. May take long or much memory on a hostile page: to be run where it can be ended.
 * @throws HarvestError `no_article`
 */
export function readPage({ bytes, charset, url }: PageDocument): PageText {
  const { document, root } = boundedMarkup(decodeDocument(bytes, charset, declaredCharset));
  const facts = pageFacts(document, url);
  const marked = markParagraphs(root);
  const text = storable(paragraphsOf(articleIn(document), marked).join('\n'));
  if (text.length < articleLengthMin) throw noArticle();
  return { ...facts, text };
}

/** The text of a piece of a feed, as paragraphs joined by `\n`. */
export function readFragment({ kind, value }: FeedText): string {
  if (kind === 'text') return linesOf(value).join('\n');
  // What comes after the end of a document would be lost.
  const piece = value.replaceAll(/<\/?(?:html|body)\b[^>]{0,1000}>/gi, ' ');
  const { root } = boundedMarkup(`<html><body>${piece}</body></html>`);
  return storable(paragraphsOf(root).join('\n'));
}

function boundedMarkup(html: string): { document: MarkupDocument; root: MarkupNode } {
  let tagCount = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) tagCount += 1;
  if (tagCount > tagsMax) throw new HarvestError('reading_too_large', `It has more than ${tagsMax} tags`);
  const document = parseMarkup(html);
  const root = document.documentElement;
  if (root === null) throw noArticle();
  if (depthOf(root) > depthMax) {
    throw new HarvestError('nested_too_deep', `Elements are nested deeper than ${depthMax}`);
  }
  return { document, root };
}

function depthOf(root: MarkupNode): number {
  let deepest = 0;
  let depth = 0;
  for (let node: MarkupNode | null = root; node !== null;) {
    const next: MarkupNode | null = following(node, root);
    if (next?.parentNode === node) depth += 1;
    else depth -= levelsBetween(node, next);
    deepest = Math.max(deepest, depth);
    node = next;
  }
  return deepest;
}

function levelsBetween(node: MarkupNode, next: MarkupNode | null): number {
  let levels = 0;
  for (let up = node.parentNode; up !== null && up !== next?.parentNode; up = up.parentNode) levels += 1;
  return levels;
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

function articleIn(document: MarkupNode): MarkupNode {
  try {
    const readability = new Readability<MarkupNode>(document, {
      charThreshold: 200,
      serializer: (node: unknown) => node as MarkupNode,
    });
    const found = readability.parse() as { readonly content?: MarkupNode | null } | null;
    if (found?.content) return found.content;
  } catch (error) {
    const message = `No article could be found: ${(error as Error).message.slice(0, 200)}`;
    throw new HarvestError('unreadable', message, { cause: error });
  }
  throw noArticle();
}

function noArticle(): HarvestError {
  return new HarvestError(
    'no_article',
    'The page holds no article that could be told from what is around it',
  );
}

/** `<meta charset>`, `<meta http-equiv="content-type">`, or an XML declaration. */
function declaredCharset(head: string): string | null {
  return (
    /<meta[^>]{0,200}?\bcharset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{1,40})/i.exec(head)?.[1] ??
    /^\s{0,100}<\?xml[^>]{0,200}?\bencoding\s{0,5}=\s{0,5}["']([\w.:-]{1,40})["']/.exec(head)?.[1] ??
    null
  );
}
