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
  const stretch = folded.slice(start, end);
  if (isPlain(stretch)) return plainWords(source, stretch, start);
  const words: Word[] = [];
  let last = 0;
  for (const { 0: text, index } of stretch.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const at = start + index;
    words.push({
      text: text.replace(/\p{M}/gu, ''),
      start: at,
      end: at + text.length,
      isCapitalized: /^\p{Lu}/u.test(source.slice(at, at + 2)),
      isJoined: words.length > 0 && isJoint(stretch, last, index),
    });
    last = index + text.length;
  }
  return words;
}

/** Most stretches, once folded. Cut letter by letter they take a fraction of what expressions for all scripts take. */
function isPlain(stretch: string): boolean {
  return !/[^ -~—]/.test(stretch);
}

function plainWords(source: string, stretch: string, start: number): readonly Word[] {
  const words: Word[] = [];
  let last = 0;
  for (let at = 0; at < stretch.length; at++) {
    if (!isWordLetter(stretch.charCodeAt(at))) continue;
    const from = at;
    while (isWordLetter(stretch.charCodeAt(at))) at++;
    words.push({
      text: stretch.slice(from, at),
      start: start + from,
      end: start + at,
      isCapitalized: isCapital(source, start + from),
      isJoined: words.length > 0 && isJoint(stretch, last, from),
    });
    last = at;
  }
  return words;
}

/** Of a folded text, so without capitals; false past its end. */
function isWordLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** What is plain once folded may be none in the source: "É". */
function isCapital(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(source.slice(at, at + 2));
}

function isJoint(stretch: string, from: number, to: number): boolean {
  return (to - from === 1 && stretch[from] === ' ') || joint.test(stretch.slice(from, to));
}

const joint = /^[\s'.&[\]-]{0,3}$/;
