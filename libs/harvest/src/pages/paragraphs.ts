import { elementType, following, textType, type MarkupNode } from './markup-node.ts';

const blocks = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 ' +
    'H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TFOOT THEAD TR UL'
  ).split(' '),
);
const unread = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE SVG MATH IFRAME OBJECT HEAD BUTTON SELECT TEXTAREA AUDIO VIDEO CANVAS'.split(
    ' ',
  ),
);

/** Where `markParagraphs` writes which paragraph an element is. */
const mark = 'data-paragraph';

/** The text of a document, one paragraph each, white space as a browser shows it. */
export function paragraphsOf(root: MarkupNode, marked: readonly string[] = []): readonly string[] {
  const paragraphs = new ParagraphWriter();
  let node: MarkupNode | null = root;
  while (node !== null) {
    const whole: string | undefined = node.nodeType === elementType ? marked[markOf(node)] : undefined;
    if (whole !== undefined) paragraphs.addWhole(whole);
    else paragraphs.add(node);
    const skip = whole !== undefined || isUnread(node);
    const next: MarkupNode | null = following(node, root, skip);
    paragraphs.leaveUpTo(node, next, skip);
    node = next;
  }
  return paragraphs.finished();
}

/**
 * Numbers the elements that hold a paragraph and nothing but inline markup, and answers their texts. Whatever is later
 * cut out inside such an element, its whole text is still known.
 */
export function markParagraphs(root: MarkupNode): readonly string[] {
  const texts: string[] = [];
  let node: MarkupNode | null = root;
  while (node !== null) {
    if (isUnread(node)) {
      node = following(node, root, true);
      continue;
    }
    const isParagraph = node.nodeType === elementType && blocks.has(node.nodeName) && holdsOnlyInline(node);
    if (isParagraph) {
      const [text, second] = paragraphsOf(node);
      if (text !== undefined && second === undefined) {
        node.setAttribute(mark, String(texts.length));
        texts.push(text);
      }
    }
    node = following(node, root, isParagraph);
  }
  return texts;
}

function markOf(node: MarkupNode): number {
  return Number(node.getAttribute(mark) ?? -1);
}

function holdsOnlyInline(element: MarkupNode): boolean {
  for (let node = following(element, element); node !== null; node = following(node, element)) {
    if (node.nodeType === elementType && blocks.has(node.nodeName)) return false;
  }
  return true;
}

function isUnread(node: MarkupNode): boolean {
  if (node.nodeType !== elementType)
    return node.nodeType !== textType && node.nodeType !== 9 && node.nodeType !== 11;
  if (unread.has(node.nodeName.toUpperCase()) || node.getAttribute('hidden') !== null) return true;
  return /display\s{0,5}:\s{0,5}none/i.test((node.getAttribute('style') ?? '').slice(0, 1_000));
}

class ParagraphWriter {
  readonly #paragraphs: string[] = [];
  #text: string[] = [];
  #breakCount = 0;

  add(node: MarkupNode): void {
    if (node.nodeType === textType) this.#addText(node.nodeValue ?? '');
    else if (node.nodeName === 'BR') this.#addBreak();
    else if (blocks.has(node.nodeName)) this.#end();
    else if (node.nodeName === 'TD' || node.nodeName === 'TH') this.#text.push(' ');
  }

  addWhole(text: string): void {
    this.#end();
    this.#paragraphs.push(text);
  }

  /** Ends the paragraph when the way from one node to the next leaves a block. */
  leaveUpTo(node: MarkupNode, next: MarkupNode | null, skipped: boolean): void {
    if (!skipped && next !== null && next.parentNode === node) return;
    const stop = next?.parentNode ?? null;
    for (let each: MarkupNode | null = node; each !== null && each !== stop; each = each.parentNode) {
      if (blocks.has(each.nodeName)) this.#end();
    }
  }

  finished(): readonly string[] {
    this.#end();
    return this.#paragraphs;
  }

  #addText(text: string): void {
    this.#text.push(text);
    if (text.trim() !== '') this.#breakCount = 0;
  }

  /** One line break wraps a line; two in a row are how pages without paragraphs part them. */
  #addBreak(): void {
    this.#breakCount += 1;
    if (this.#breakCount > 1) this.#end();
    else this.#text.push(' ');
  }

  #end(): void {
    const text = this.#text.join('').replaceAll(/\s+/g, ' ').trim();
    if (text !== '') this.#paragraphs.push(text);
    this.#text = [];
    this.#breakCount = 0;
  }
}
