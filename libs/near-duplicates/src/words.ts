/** Han, kana, Thai and their like put no spaces between words: there each letter is taken for one. */
const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}])+/gu;

/**
 * The words of a text as readers compare them: without case, accents and punctuation. Two newspapers quote, dash and
 * hyphenate the same text in their own ways.
 */
export function wordsOf(text: string): readonly string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff'’ʼ]/gu, '')
    .toLowerCase();
  return folded.match(words) ?? [];
}
