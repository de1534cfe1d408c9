/**
 * The text in lower case, without accents, with plain quotes and dashes. It MUST have the length of the text, unit by
 * unit, so that a place in the one is the same place in the other.
 */
export function foldText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, foldUnit).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A word as tables write it, folded and with single spaces. */
export function foldPhrase(phrase: string): string {
  const folded = foldText(phrase);
  // Most phrases are of plain letters, for which the expression for all scripts takes several times as long.
  const gaps = /[^ -~]/.test(folded) ? /[^\p{L}\p{N}]+/gu : /[^a-z0-9]+/g;
  return folded.replace(gaps, ' ').trim();
}

/** Control characters and private use become spaces: masks use private use, and no text may forge one. */
const blank = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\p{Co}\u200b-\u200f\ufeff]/u;
const marks = /\p{M}/gu;

function foldUnit(unit: string): string {
  if (singleQuotes.includes(unit)) return "'";
  if (doubleQuotes.includes(unit)) return '"';
  if (hyphens.includes(unit)) return '-';
  if (dashes.includes(unit)) return '—';
  if (blank.test(unit)) return ' ';
  const plain = unit.normalize('NFD').replace(marks, '').toLowerCase();
  return plain.length === 1 ? plain : unit;
}

const singleQuotes = '‘’‚ʼ`´';
const doubleQuotes = '“”„«»‟';
const hyphens = '‐‑';
const dashes = '–—―‒';
