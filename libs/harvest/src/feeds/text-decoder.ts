import { HarvestError } from '../harvest.error.ts';

/**
 * Decodes a document by its byte order mark, else by what the server says, else by what the document says of itself,
 * else as the fallback.
 * @param declared finds the document's own word in its first bytes, read as Latin-1
 */
export function decodeDocument(
  bytes: Uint8Array,
  httpCharset: string | null,
  declared: (head: string) => string | null,
): string {
  // Servers name encodings that there are not ("none", "utf8mb4"); the document may know better.
  const own = byteOrderMark(bytes) ?? (httpCharset !== null && isKnown(httpCharset) ? httpCharset : null);
  if (own !== null) return decode(bytes, own);
  const label = declared(latin1(bytes.subarray(0, declarationBytesMax)));
  if (label !== null) return decode(bytes, label);
  return decodeUndeclared(bytes);
}

const declarationBytesMax = 4_096;

function byteOrderMark([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  // UTF-16 without its mark: "<" and NUL.
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  return null;
}

function decode(bytes: Uint8Array, label: string): string {
  const decoder = decoderFor(label.trim());
  // A document that is decoded already calls itself UTF-16 only by mistake: its declaration could be read as ASCII.
  if (decoder.encoding.startsWith('utf-16') && byteOrderMark(bytes) === null) return decodeUndeclared(bytes);
  return decoder.decode(bytes);
}

function isKnown(label: string): boolean {
  try {
    return decoderFor(label.trim()).encoding !== '';
  } catch {
    return false;
  }
}

function decoderFor(label: string) {
  try {
    return new TextDecoder(label);
  } catch (error) {
    const message = `The text is in "${label.slice(0, 50)}", which we do not know`;
    throw new HarvestError('charset_unknown', message, { cause: error });
  }
}

/** UTF-8 is hard to hit by accident; what is none is most likely the Latin-1 of old pages. */
function decodeUndeclared(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
