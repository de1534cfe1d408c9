export interface Word {
  /** Folded, without combining marks. */
  readonly text: string;
  /** UTF-16 offsets into the body, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly isCapitalized: boolean;
  /** Nothing but a space, a hyphen, an apostrophe, a full stop of an abbreviation or a bracket stands before it. */
  readonly isJoined: boolean;
}

/** The words of a stretch; `folded` MUST be the fold of the whole source. */
export function tokenize(source: string, folded: string, start = 0, end = folded.length): readonly Word[] {
  const words: Word[] = [];
  const stretch = folded.slice(start, end);
  let last = 0;
  for (const { 0: text, index } of stretch.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const at = start + index;
    words.push({
      text: text.replace(/\p{M}/gu, ''),
      start: at,
      end: at + text.length,
      isCapitalized: /^\p{Lu}/u.test(source.slice(at, at + 2)),
      isJoined: words.length > 0 && /^[\s'.&[\]-]{0,3}$/.test(stretch.slice(last, index)),
    });
    last = index + text.length;
  }
  return words;
}
