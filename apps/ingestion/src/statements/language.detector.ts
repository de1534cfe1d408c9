import { eld } from 'eld/extrasmall';

/** What is recorded of a statement's language. */
export interface StatementLanguage {
  readonly language: string | null;
  readonly languageBy: 'publisher' | 'detector' | null;
  /** Only where the text plainly contradicts the publisher. */
  readonly detectedLanguage?: string;
}

/** The detector looks no further than the beginning. */
const charactersRead = 1_000;
/** A quotation or a list of names may look like anything; this much text does not. */
const contradictionLettersMin = 80;
/** Scripts without case write a word with few letters. */
const briefScripts =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Ethiopic}]/gu;
/** Languages that go by several tags, or that the detector cannot tell apart. */
const sameAs: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  da: 'no',
  iw: 'he',
  fil: 'tl',
  prs: 'fa',
  azj: 'az',
  azb: 'az',
  hr: 'sr',
  bs: 'sr',
  sh: 'sr',
  cnr: 'sr',
  id: 'ms',
  in: 'ms',
  arb: 'ar',
  cmn: 'zh',
  yue: 'zh',
};
const undetermined = ['und', 'mul', 'zxx', 'mis'];
const told = new Set(Object.values(eld.info().Languages).map(group));

/**
 * The publisher's word on the language is kept, for it knows its pages; a text without one gets the detector's, if that
 * is sure. Feeds often say one language for all that they carry, so a text that is plainly in another is marked.
 */
export function languageOf(declared: string | null, body: string): StatementLanguage {
  const text = body.slice(0, charactersRead);
  const detected = eld.detect(text);
  const isSure = detected.language !== '' && (detected.isReliable() || isOfOneLanguage(text));
  if (declared === null || undetermined.includes(primary(declared))) {
    return isSure
      ? { language: detected.language, languageBy: 'detector' }
      : { language: null, languageBy: null };
  }
  const contradicts =
    isSure &&
    told.has(group(declared)) &&
    group(declared) !== group(detected.language) &&
    lettersIn(text) >= contradictionLettersMin;
  return {
    language: declared,
    languageBy: 'publisher',
    ...(contradicts && { detectedLanguage: detected.language }),
  };
}

/** The detector counts few n-grams in a short text of these scripts, and no other language is written in them. */
function isOfOneLanguage(text: string): boolean {
  return lettersIn(text) >= 8 && /^[\P{L}\p{Script=Han}]+$/u.test(text);
}

function lettersIn(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters + 2 * (text.match(briefScripts)?.length ?? 0);
}

function group(language: string): string {
  return sameAs[primary(language)] ?? primary(language);
}

function primary(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}
