import { type Frame } from './frame.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { mentionSigns } from '../text/signs.ts';
import { type WordLists } from '../lexicon/word-lists.ts';

/** "Local officials, quoted by news: …", "Ombudsman: …". */
const lead = /^(\p{Lu}[^:;.!?"“”\d(),]{1,60})(?:,[^:;.!?"“”]{1,40}| \([^)]{1,40}\))?: (?=\S)/u;
const wordsMax = 5;
const corridorSign = new RegExp(`[${mentionSigns}]`);

/** A note that begins with a name or a kind of source before a colon is what that source says; null for any other. */
export function leadFrame(
  source: string,
  masked: MaskedSentence,
  { office, sourceNoun, mediaNoun, leadNoun }: WordLists,
): Frame | null {
  const [whole, speaker] = lead.exec(source) ?? [];
  const end = masked.text.indexOf(': ');
  if (whole === undefined || speaker === undefined || corridorSign.test(masked.text.slice(0, end)))
    return null;
  const words = speaker.split(' ');
  const last = words.at(-1)?.toLowerCase() ?? '';
  const isSource = [office, sourceNoun, mediaNoun, leadNoun].some((list) => list.has(last));
  const isName = words.every((word) => /^\p{Lu}/u.test(word));
  if (words.length > wordsMax || !(isSource || isName)) return null;
  const holders = [{ speaker, person: null }];
  return { holders, rank: 'speaker', start: 0, end: end + 2, coversBefore: false };
}
