import { mentionSigns, passageSigns, signs } from '../text/signs.ts';

/**
 * The language in which cues are written, for people who do not write regular expressions. Words stand with one space
 * between them, in lower case and without accents.
 *
 *   is|was     one of these words      clos*, *ly   a word that begins, or ends, so
 *   been?      this word, or none      _            any word or name   #   a number, #% a share
 *   ^          at the beginning of the sentence, first in the pattern
 *   C B R M A  a passage, a noun for its closure, one for its restriction, any of the three; someone who acts, with
 *              or without "the" and "'s"
 *   D          a passage that is an agreement, and a C as well
 *
 * Nothing repeats without a bound, so each pattern is matched in linear time.
 */
const alternative = /^(?:_|#|#%|[CDBRMA]|(?=.*[\p{Ll}\p{N}])\*?[\p{Ll}\p{N}.'&-]+\*?)$/u;

/** What is wrong with a pattern, in words; null for a sound one. */
export function flawOf(pattern: string): string | null {
  const places = placesOf(pattern);
  if (places.length === 0) return 'has no words';
  if (places.every(({ isOptional }) => isOptional)) return 'has no word that must be there';
  const wrong = places.flatMap(({ alternatives }) => alternatives).find((word) => !alternative.test(word));
  return wrong === undefined ? null : `cannot read "${wrong}"`;
}

/** A regular expression that finds any of the patterns, whole words only; the first pattern that fits wins. */
export function compilePatterns(patterns: readonly string[]): RegExp {
  if (patterns.length === 0) return /(?!)/g;
  const [opening, inner] = [patterns.filter(isOpening), patterns.filter((pattern) => !isOpening(pattern))];
  const parts = [
    ...(inner.length === 0 ? [] : [bounded(inner)]),
    ...(opening.length === 0 ? [] : [`^["' ]*${bounded(opening)}`]),
  ];
  return new RegExp(parts.join('|'), 'g');
}

/** The source of an expression for any of the patterns, for use inside another. */
export function sourceOf(patterns: readonly string[]): string {
  if (patterns.length === 0) return '(?!)';
  return `(?:${patterns.map(sourceOfOne).join('|')})`;
}

/** Each pattern with an expression of its own, in the order in which `compilePatterns` tries them. */
export function compileEach(
  patterns: readonly string[],
): readonly { readonly written: string; readonly expression: RegExp }[] {
  const [opening, inner] = [patterns.filter(isOpening), patterns.filter((pattern) => !isOpening(pattern))];
  return [
    ...inner.map((written) => ({ written, expression: new RegExp(bounded([written], inner), 'g') })),
    ...opening.map((written) => ({
      written,
      expression: new RegExp(`^["' ]*${bounded([written], opening)}`, 'g'),
    })),
  ];
}

export interface Place {
  readonly alternatives: readonly string[];
  readonly isOptional: boolean;
}

function isOpening(pattern: string): boolean {
  return pattern.startsWith('^ ');
}

export function placesOf(pattern: string): readonly Place[] {
  const words = (isOpening(pattern) ? pattern.slice(2) : pattern).split(' ').filter((word) => word !== '');
  return words.map((word) => {
    const isOptional = word.endsWith('?');
    return { alternatives: (isOptional ? word.slice(0, -1) : word).split('|'), isOptional };
  });
}

/** @param beside all the patterns that are tried together, since they are to agree on where a word ends */
function bounded(patterns: readonly string[], beside = patterns): string {
  // A sign is no letter, so a word's edge beside it needs another test, which is slower.
  const hasSigns = beside.some((pattern) => /(?:^|[ |])[CDBRMA](?:$|[ |?])/.test(pattern));
  return hasSigns ? `(?<!\\w)${sourceOf(patterns)}(?!\\w)` : `\\b${sourceOf(patterns)}(?!\\w)`;
}

function sourceOfOne(pattern: string): string {
  const places = placesOf(pattern);
  const first = places.findIndex(({ isOptional }) => !isOptional);
  return places
    .map(({ alternatives, isOptional }, index) => {
      const words = alternatives.map(sourceOfWord);
      const source = words.length === 1 && !isOptional ? (words[0] ?? '') : `(?:${words.join('|')})`;
      if (index < first) return `(?:${source} )?`;
      if (index === first) return source;
      return isOptional ? `(?: ${source})?` : ` ${source}`;
    })
    .join('');
}

const signSources: Readonly<Record<string, string>> = {
  C: `[${passageSigns}]\\d+${signs.end}`,
  D: `[${signs.agreement}]\\d+${signs.end}`,
  B: `[${signs.blocked}]\\d+${signs.end}`,
  R: `[${signs.restricted}]\\d+${signs.end}`,
  M: `[${mentionSigns}]\\d+${signs.end}`,
  A: `(?:the )?[${signs.actor}]\\d+${signs.end}(?:'s?)?`,
  _: `(?:\\w[\\w-]*|[${mentionSigns}${signs.actor}]\\d+${signs.end})(?:'s?)?`,
  '#': '\\d[\\d.,]*',
  '#%': '\\d[\\d.,]* ?(?:%|percent|per cent)',
};

function sourceOfWord(word: string): string {
  const sign = signSources[word];
  if (sign !== undefined) return sign;
  const [lead, tail] = [word.startsWith('*'), word.length > 1 && word.endsWith('*')];
  const letters = word.slice(lead ? 1 : 0, tail ? -1 : undefined);
  return `${lead ? '\\w*' : ''}${letters.replace(/[.&-]/g, '\\$&')}${tail ? '\\w*' : ''}`;
}
