import { ProofError } from './proof.error.ts';

/** Strict forms of numbers and bytes in text: one way to write each, so that what was signed is what is read. */

/** @returns null where the text is no canonical number, or is beyond what a number holds without loss */
export function decimalOf(text: string): number | null {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}

/** @returns null where the text is not the one base64 form (RFC 4648, section 4) of some bytes */
export function base64Bytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** A byte order mark is a character here like any other: nothing may be dropped from what was signed. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws ProofError `bad_text` */
export function utf8Text(given: string | Uint8Array): string {
  if (typeof given === 'string') {
    if (given.isWellFormed()) return given;
    throw new ProofError('bad_text', 'The text holds a lone surrogate, which UTF-8 cannot');
  }
  try {
    return utf8.decode(given);
  } catch (error) {
    throw new ProofError('bad_text', 'The bytes are not valid UTF-8', { cause: error });
  }
}

/** For a message: what was read, but no book of it, and nothing that a terminal would obey. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
