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

export function tokenize(source: string, folded: string, start = 0, end = folded.length): readonly Word[] {
  const words: Word[] = [];
  const pattern = /[\p{L}\p{N}\p{M}]+/gu;
  pattern.lastIndex = start;
  let last = start;
  for (let match = pattern.exec(folded); match !== null && match.index < end; match = pattern.exec(folded)) {
    const [text] = match;
    words.push({
      text: text.replace(/\p{M}/gu, ''),
      start: match.index,
      end: match.index + text.length,
      isCapitalized: /^\p{Lu}/u.test(source.slice(match.index, match.index + 2)),
      isJoined: words.length > 0 && /^[\s'.&[\]-]{0,3}$/.test(folded.slice(last, match.index)),
    });
    last = match.index + text.length;
  }
  return words;
}
