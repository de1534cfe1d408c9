import { SaxesParser, type SaxesTagNS } from 'saxes';
import { HarvestError } from '../harvest.error.ts';
import { type FeedLimits } from './feed.ts';
import { assumedNamespaces, htmlEntities, prefixes } from './xml-names.ts';
import { type XmlElement } from './xml-element.ts';

export interface XmlVisitor {
  /** The document's element, before anything in it. */
  root(element: XmlElement): void;
  /** One child of the root, or of a `channel` in it, complete. Nothing of it is kept after the call. */
  unit(element: XmlElement): void;
}

const attributesMax = 100;
/** What an element costs us in memory, as if it were so much text: a document of empty elements is all cost. */
const elementLength = 50;

/**
 * Reads a feed's XML as a stream of small elements, so that no document, however long, becomes a tree. A DTD may not
 * define anything: entities are how a small document reads our files, or grows to gigabytes.
 */
export function readXml(text: string, documentUrl: string, limits: FeedLimits, visitor: XmlVisitor): void {
  new XmlReader(documentUrl, limits, visitor).read(text);
}

class XmlReader {
  readonly #parser = new SaxesParser({ xmlns: true, additionalNamespaces: assumedNamespaces });
  readonly #open: XmlElement[] = [];
  /** How many of the open elements only hold units. */
  #containerCount = 0;
  #textLength = 0;
  #attributeCount = 0;
  readonly #documentUrl: string;
  readonly #limits: FeedLimits;
  readonly #visitor: XmlVisitor;

  constructor(documentUrl: string, limits: FeedLimits, visitor: XmlVisitor) {
    this.#documentUrl = documentUrl;
    this.#limits = limits;
    this.#visitor = visitor;
    const parser = this.#parser;
    Object.assign(parser.ENTITIES, htmlEntities);
    parser.on('error', (error) => {
      throw new HarvestError('xml_malformed', error.message.slice(0, 300), {
        cause: error,
        line: parser.line,
      });
    });
    parser.on('doctype', (doctype) => {
      if (doctype.includes('['))
        throw this.#refused('doctype_refused', 'The document brings definitions of its own');
    });
    parser.on('opentagstart', () => {
      this.#attributeCount = 0;
    });
    parser.on('attribute', () => {
      this.#attributeCount += 1;
      if (this.#attributeCount > attributesMax) {
        throw this.#refused('text_too_long', `An element has more than ${attributesMax} attributes`);
      }
    });
    parser.on('opentag', (tag) => {
      this.#openElement(tag);
    });
    parser.on('closetag', () => {
      this.#closeElement();
    });
    parser.on('text', (text) => {
      this.#addText(text);
    });
    parser.on('cdata', (text) => {
      this.#addText(text);
    });
  }

  read(text: string): void {
    this.#parser.write(text).close();
  }

  #openElement(tag: SaxesTagNS): void {
    const parent = this.#open.at(-1) ?? null;
    const element = elementOf(tag, parent, this.#documentUrl);
    if (this.#open.length >= this.#limits.depthMax) {
      throw this.#refused('nested_too_deep', `Elements are nested deeper than ${this.#limits.depthMax}`);
    }
    const isContainer =
      this.#open.length === this.#containerCount && (parent === null || /^channel$/.test(element.name));
    this.#open.push(element);
    if (isContainer) {
      this.#containerCount += 1;
      if (parent === null) this.#visitor.root(element);
      return;
    }
    if (this.#open.length === this.#containerCount + 1) this.#textLength = 0;
    else parent?.children.push(element);
    this.#charge(elementLength);
  }

  #closeElement(): void {
    const element = this.#open.pop();
    if (element === undefined) return;
    if (this.#open.length < this.#containerCount) this.#containerCount -= 1;
    else if (this.#open.length === this.#containerCount) this.#visitor.unit(element);
  }

  #addText(text: string): void {
    if (this.#open.length <= this.#containerCount) return;
    this.#charge(text.length);
    this.#open.at(-1)?.children.push(text);
  }

  #charge(length: number): void {
    this.#textLength += length;
    if (this.#textLength > this.#limits.textLengthMax) {
      throw this.#refused('text_too_long', `An item is longer than ${this.#limits.textLengthMax} characters`);
    }
  }

  #refused(code: 'doctype_refused' | 'nested_too_deep' | 'text_too_long', message: string): HarvestError {
    return new HarvestError(code, message, { line: this.#parser.line });
  }
}

function elementOf(tag: SaxesTagNS, parent: XmlElement | null, documentUrl: string): XmlElement {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    attributes[`${prefixes[uri] ?? 'other:'}${local}`] = value;
  }
  const inherited = parent?.base ?? documentUrl;
  return {
    name: `${prefixes[tag.uri] ?? 'other:'}${tag.local}`,
    attributes,
    base: attributes['xml:base'] === undefined ? inherited : resolved(attributes['xml:base'], inherited),
    language: attributes['xml:lang'] ?? parent?.language ?? null,
    children: [],
  };
}

function resolved(reference: string, base: string): string {
  return URL.parse(reference.trim(), base)?.href ?? base;
}
