import { type ActorGazetteer } from '../actors/actor.gazetteer.ts';
import { foldText } from '../text/folded-text.ts';
import { type Frame } from './frame.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { mentionSigns } from '../text/signs.ts';

/** "Local officials, quoted by news: …", "Ombudsman: …". */
const lead = /^(\p{Lu}[^:;.!?"“”\d(),]{1,60})(?:,[^:;.!?"“”]{1,40}| \([^)]{1,40}\))?: (?=\S)/u;
const wordsMax = 5;
const corridorSign = new RegExp(`[${mentionSigns}]`);

/** A note that begins with a name or a kind of source before a colon is what that source says; null for any other. */
export function leadFrame(
  source: string,
  masked: MaskedSentence,
  { demonyms, words: { office, sourceNoun, mediaNoun, leadNoun } }: ActorGazetteer,
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
  const state = demonyms.get(foldText(words[0] ?? ''));
  // "News report", "Local officials": nobody has said it with a name, so whoever publishes it says it.
  const isNamed = words.slice(1).some((word) => /^\p{Lu}/u.test(word)) || office.has(last) || !isSource;
  if (state === undefined && !isNamed) return { ...saying(end), holders: null };
  const holder = state !== undefined && isSource ? state : speaker;
  return { ...saying(end), holders: [{ speaker: holder, person: null }] };
}

function saying(end: number): Omit<Frame, 'holders'> {
  return { rank: 'speaker', start: 0, end: end + 2, coversBefore: false };
}
