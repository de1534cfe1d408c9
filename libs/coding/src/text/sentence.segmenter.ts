import { type WordLists } from '../lexicon/word-lists.ts';

export type SegmenterWords = Pick<WordLists, 'abbreviation' | 'openAbbreviation' | 'sentenceOpener'>;

export interface Sentence {
  /** UTF-16 offsets into the body, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Counted from 0. */
  readonly paragraph: number;
  /** The name tag of the turn that the sentence belongs to ("MR. KIRBY"), "Q" for a question; null in prose. */
  readonly turn: string | null;
}

/** Longer runs without an end are cut at a space: no rule reads further, and work stays linear. */
const sentenceLengthMax = 1_500;

const answerers = [
  "(?:(?:MR|MS|MRS|DR)\\. ?|(?:SECRETARY|GENERAL|ADMIRAL|AMBASSADOR|SENIOR|MODERATOR|OPERATOR|THE|VICE|PRESIDENT|PRIME)\\b)[\\p{Lu} .'’()-]{0,60}",
  "(?:Moderator|Spokes(?:man|woman|person)|(?:Prime |Foreign |Defen[cs]e )?Minister|President|Secretary-General)(?: \\p{Lu}[\\p{L}.'’-]{1,30}){0,3}",
  'A|Answer',
];
const askers = ['(?:Q|QUESTION)(?::|\\s)', '(?:Question|Reporter|Journalist|Correspondent):'];
/** A name tag, or a question's, with what follows it up to the first word. */
const turnTag = new RegExp(`^(?:(${answerers.join('|')}):|${askers.join('|')})\\s*`, 'u');
const bullet = /^[-*•·▪‣–—]\s+|^\(?\d{1,3}[.)]\s+/;
const ending = /[.!?…]+["'”’)\]]*(?=\s|$)/g;

/** Sentences in text order; what lies between them is white space, tags and bullets. */
export function segmentSentences(body: string, lexicon: SegmenterWords): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const lines = [...body.matchAll(/[^\n\r\u2028\u2029]+/g)];
  const isAnswered = lines.some(
    ({ 0: line }) => turnTag.exec(line.trimStart().slice(0, 100))?.[1] !== undefined,
  );
  let turn: string | null = null;
  let paragraph = 0;
  for (const { 0: line, index } of lines) {
    const lead = line.length - line.trimStart().length;
    const rest = line.slice(lead);
    const tag = turnTag.exec(rest.slice(0, 100));
    if (tag !== null) turn = tag[1] ?? 'Q';
    // Where answers have no tag, a question ends with its paragraph.
    else if (turn === 'Q' && !isAnswered) turn = null;
    const skip = tag?.[0].length ?? bullet.exec(rest.slice(0, 20))?.[0].length ?? 0;
    const pieces = [...piecesOf(line, lead + skip, lexicon)];
    const lastQuestion = pieces.findLastIndex(([start, end]) => isQuestion(line.slice(start, end)));
    for (const [at, [start, end]] of pieces.entries()) {
      const [, asker, answerer] = at === 0 ? [] : (tagWithin.exec(line.slice(start, end)) ?? []);
      if (asker !== undefined) turn = 'Q';
      // What follows a question in its own paragraph is the answer, where it has a tag or answers never have one.
      else if (
        turn === 'Q' &&
        (answerer !== undefined || (!isAnswered && lastQuestion !== -1 && at > lastQuestion))
      )
        turn = null;
      const inside = turn === null ? (answerer?.length ?? 0) : (asker?.length ?? 0);
      sentences.push({ start: index + start + inside, end: index + end, paragraph, turn });
    }
    paragraph++;
  }
  return sentences;
}

/** A name tag that stands in the middle of a paragraph. */
const tagWithin =
  /^(?:((?:Question|Reporter|Journalist|Correspondent|Q): )|((?:\p{Lu}[\p{L}.'’-]{1,30} ){0,3}\p{Lu}[\p{L}.'’-]{1,30}: ))/u;

function isQuestion(text: string): boolean {
  return /\?["'”’)\]]*$/.test(text);
}

function* piecesOf(line: string, from: number, lexicon: SegmenterWords): Generator<[number, number]> {
  let start = from;
  for (const match of line.slice(from).matchAll(ending)) {
    const end = from + match.index + match[0].length;
    if (!isSentenceEnd(line, from + match.index, end, lexicon)) continue;
    yield* cutToLength(line, start, end);
    start = end;
  }
  yield* cutToLength(line, start, line.length);
}

function* cutToLength(line: string, from: number, to: number): Generator<[number, number]> {
  let start = from;
  while (to - start > sentenceLengthMax) {
    const limit = start + sentenceLengthMax;
    const space = line.lastIndexOf(' ', limit);
    const cut = space > start ? space : limit - (isHighSurrogate(line, limit - 1) ? 1 : 0);
    yield* trimmed(line, start, cut);
    start = cut;
  }
  yield* trimmed(line, start, to);
}

function* trimmed(line: string, from: number, to: number): Generator<[number, number]> {
  const text = line.slice(from, to);
  const start = from + text.length - text.trimStart().length;
  const end = to - (text.length - text.trimEnd().length);
  if (start < end) yield [start, end];
}

function isHighSurrogate(line: string, at: number): boolean {
  const unit = line.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isSentenceEnd(line: string, at: number, end: number, lexicon: SegmenterWords): boolean {
  const after = line.slice(end, end + 40).trimStart();
  if (after === '') return true;
  // "…," he said: what goes on in lower case is the same sentence.
  if (/^[\p{Ll},;]/u.test(after)) return false;
  if (line[at] !== '.' || end > at + 1) return true;
  const word = /[\p{L}\p{N}.'’]*$/u.exec(line.slice(Math.max(0, at - 20), at))?.[0].toLowerCase() ?? '';
  const isInitial = /^\p{L}$/u.test(word);
  if (!isInitial && !lexicon.abbreviation.has(word)) return true;
  if (isInitial || !lexicon.openAbbreviation.has(word)) return false;
  return lexicon.sentenceOpener.has(/^["'“‘]?(\p{L}+)/u.exec(after)?.[1]?.toLowerCase() ?? '');
}
