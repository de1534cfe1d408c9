/**
 * All matches of a global expression, or the first few. `matchAll` copies the expression before each search, which
 * costs more than to search a sentence. None may be empty.
 */
export function everyMatch(
  expression: RegExp,
  text: string,
  countMax = Infinity,
): readonly RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    matches.push(match);
    if (matches.length >= countMax) break;
  }
  return matches;
}
