import { parseHTML } from 'linkedom';

/** What we use of the DOM; the project's types know no browser. */
export interface MarkupNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly textContent: string | null;
  readonly firstChild: MarkupNode | null;
  readonly nextSibling: MarkupNode | null;
  readonly parentNode: MarkupNode | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  querySelectorAll(selector: string): Iterable<MarkupNode>;
}

export interface MarkupDocument extends MarkupNode {
  readonly documentElement: MarkupNode | null;
  readonly body: MarkupNode;
}

export const elementType = 1;
export const textType = 3;

export function parseMarkup(html: string): MarkupDocument {
  return (parseHTML(html) as unknown as { document: MarkupDocument }).document;
}

/**
 * The next node in document order: down, else on, else up. By links, never by recursion: a page may be nested a hundred
 * thousand deep.
 * @param skipChildren go past the node's own content
 */
export function following(node: MarkupNode, root: MarkupNode, skipChildren = false): MarkupNode | null {
  if (!skipChildren && node.firstChild !== null) return node.firstChild;
  for (let each: MarkupNode | null = node; each !== null && each !== root; each = each.parentNode) {
    if (each.nextSibling !== null) return each.nextSibling;
  }
  return null;
}
