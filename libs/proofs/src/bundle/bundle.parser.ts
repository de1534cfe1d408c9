import { type FirstLeaf, type Leaf } from '../leaf.ts';
import { base64Bytes, quoted } from '../plain-text.ts';
import { ProofError } from '../proof.error.ts';
import {
  type BundledEvent,
  bundleFormat,
  type BundleHeader,
  endLine,
  headerLine,
  leafHashesLine,
  type WrittenEvent,
  writtenEvent,
} from './bundle.lines.ts';

export type BundleLine =
  | { readonly kind: 'leafHashes'; readonly leafHashes: Uint8Array }
  | { readonly kind: 'event'; readonly position: number; readonly read: () => ReadEvent }
  | { readonly kind: 'end'; readonly eventCount: number };

export interface ReadEvent {
  readonly event: BundledEvent;
  readonly written: WrittenEvent;
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws ProofError `malformed_bundle` */
export function parseHeader(line: string): BundleHeader {
  const fields = fieldsOf(line);
  if (fields['format'] !== bundleFormat) {
    throw malformed(`is no header of ${bundleFormat}: format is ${shown(fields['format'])}`);
  }
  const header = {
    corridor: fields['corridor'] === null ? null : text(fields, 'corridor'),
    eventCount: count(fields, 'eventCount'),
    checkpoint: text(fields, 'checkpoint'),
    trust: text(fields, 'trust'),
    consistency:
      fields['consistency'] === null ? null : consistencyOf(asFields(fields['consistency'], 'consistency')),
    blocks: fields['blocks'] === null ? null : asBytes(fields['blocks'], 'blocks'),
  };
  requireForm(line, headerLine(header));
  return header;
}

/** Any line behind the header. @throws ProofError `malformed_bundle`, or `bad_position` */
export function parseBundleLine(line: string): BundleLine {
  const fields = fieldsOf(line);
  if ('leaf' in fields) return parsedEvent(line, fields);
  if ('leafHashes' in fields) {
    const leafHashes = asBytes(fields['leafHashes'], 'leafHashes');
    requireForm(line, leafHashesLine(leafHashes));
    return { kind: 'leafHashes', leafHashes };
  }
  const eventCount = count(asFields(fields['end'], 'end'), 'eventCount');
  requireForm(line, endLine(eventCount));
  return { kind: 'end', eventCount };
}

/** The position comes first, so that what is wrong with the others can be said of it. */
function parsedEvent(line: string, fields: Fields): BundleLine {
  const leaf = leafOf(asFields(fields['leaf'], 'leaf'));
  const read = () => {
    const proof = 'proof' in fields ? hashesOf(fields, 'proof') : null;
    const event = { leaf, content: contentOf(fields), proof };
    const written = writtenEvent(event);
    requireForm(line, written.line);
    return { event, written };
  };
  return { kind: 'event', position: leaf.position, read };
}

/** What is read here is checked here; the tree vouches for the other members, whatever they are. */
function leafOf(fields: Fields): Leaf | FirstLeaf {
  const { v, position } = fields;
  if (v !== 1 && v !== 2) throw malformed(`leaf.v is ${shown(v)}; this verifier knows 1 and 2`);
  if (!Number.isSafeInteger(position) || (position as number) < 1) {
    throw new ProofError('bad_position', `leaf.position must be 1 or more, and is ${shown(position)}`);
  }
  return fields as unknown as Leaf | FirstLeaf;
}

function contentOf(fields: Fields): BundledEvent['content'] {
  if ('erased' in fields) {
    const erased = asFields(fields['erased'], 'erased');
    return { erasedBy: count(erased, 'erasedBy'), stub: erased['stub'] ?? null };
  }
  if ((fields['payload'] ?? null) === null || (fields['salt'] ?? null) === null) {
    throw new ProofError('payload_missing', 'has no payload, and nothing says that it was erased');
  }
  const salt = text(fields, 'salt');
  if (!/^([0-9a-f]{2})+$/.test(salt)) throw malformed('salt must be bytes in lower-case hex');
  return { salt: Buffer.from(salt, 'hex'), payload: fields['payload'] };
}

function consistencyOf(fields: Fields) {
  return { from: count(fields, 'from'), proof: hashesOf(fields, 'proof') };
}

function hashesOf(fields: Fields, name: string): Uint8Array[] {
  return list(fields, name).map((item) => asBytes(item, name));
}

function fieldsOf(line: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw malformed(`is not valid JSON: ${(error as Error).message}`);
  }
  return asFields(value, 'the line');
}

function asFields(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw malformed(`${name} must be an object`);
}

function text(fields: Fields, name: string): string {
  return asText(fields[name], name);
}

function asText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw malformed(`${name} must be text`);
}

function asBytes(value: unknown, name: string): Buffer {
  const bytes = base64Bytes(asText(value, name));
  if (bytes !== null) return bytes;
  throw malformed(`${name} must be base64`);
}

function count(fields: Fields, name: string): number {
  const value = fields[name];
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw malformed(`${name} must be a count, and is ${shown(value)}`);
}

function list(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (Array.isArray(value)) return value;
  throw malformed(`${name} must be a list`);
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : quoted(JSON.stringify(value));
}

/** One form of each record: no member twice or too many, no white space. */
function requireForm(line: string, form: string): void {
  if (line === form.slice(0, -1)) return;
  throw malformed(
    'is not the RFC 8785 form of its record: a member too many, twice, or in another order or form',
  );
}

function malformed(message: string): ProofError {
  return new ProofError('malformed_bundle', message);
}
