import { deriveId } from '#ledger';

const singleQuotes = /[‘’‚‛ʼ`´]/gu;
const doubleQuotes = /[“”„‟«»]|''/gu;
const dashes = /[‐‑‒–—―−]/gu;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/gu;

/**
 * The same id for texts of one publisher that differ only in how they were typeset: white space, invisible characters,
 * composed or decomposed letters, quotes and dashes. A feed and the page that it leads to differ so. Case and words
 * count, since a changed word is what a correction is made of.
 */
export function wordingOf(publisher: string, body: string): string {
  const text = body
    .normalize('NFC')
    .replace(invisible, '')
    .replace(singleQuotes, "'")
    .replace(doubleQuotes, '"')
    .replace(dashes, '-')
    .replaceAll('…', '...')
    .replace(/\s+/gu, ' ')
    .trim();
  return deriveId('wording', publisher, text);
}
