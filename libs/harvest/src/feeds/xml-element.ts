/** A small piece of a document: one item of a feed, or one field of its head. */
export interface XmlElement {
  /** With the prefix of `xml-names.ts`; none for the elements of RSS. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What relative addresses in it are relative to: `xml:base`, else the document's address. */
  readonly base: string;
  /** `xml:lang`. */
  readonly language: string | null;
  readonly children: (XmlElement | string)[];
}

export function childOf(element: XmlElement, ...names: readonly string[]): XmlElement | null {
  for (const name of names) {
    const child = childrenOf(element, name)[0];
    if (child !== undefined) return child;
  }
  return null;
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && child.name === name,
  );
}

/** All text in it, trimmed; null where there is none. */
export function textOf(element: XmlElement | null): string | null {
  if (element === null) return null;
  const text = rawTextOf(element).trim();
  return text === '' ? null : text;
}

function rawTextOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : rawTextOf(child))).join('');
}

/** XHTML in a feed, written as the HTML that it means. */
export function markupOf(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return escaped(child);
      const tag = child.name.replace(/^.*:/, '');
      return `<${tag}>${markupOf(child)}</${tag}>`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
