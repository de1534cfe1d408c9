import { type Frame, framesMax } from './frame.ts';
import { holdersOf } from './holder.reader.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { joint, type SpeechPatterns } from './speech.patterns.ts';
import { everyMatch } from '../text/every-match.ts';
import { signs } from '../text/signs.ts';

/** "ICRC: no convoy has passed", as headlines and lists have it. */
const leadingName = new RegExp(`^["']?(${joint})(?:,[^:;.]{1,40}| \\([^)]{1,40}\\))?: `);
/** "No convoy has passed: ICRC". */
const trailingName = new RegExp(`(?::| —| -) (?:the )?(${joint})["']?$`);
const headlineLengthMax = 200;

/** Frames whose own words name someone. */
export function namedFrames(speech: SpeechPatterns, masked: MaskedSentence): readonly Frame[] {
  // Each of the expressions looks through the whole sentence for what one look can tell is not there.
  if (!masked.text.includes(signs.actor)) return [];
  return [...nounFrames(speech, masked), ...sourceFrames(speech, masked), ...headlineFrames(masked)];
}

/** "Iran's threat to …", "a call by the UN to …". */
function nounFrames(speech: SpeechPatterns, masked: MaskedSentence): readonly Frame[] {
  return everyMatch(speech.noun, masked.text, framesMax).map((match): Frame => {
    const group = match.groups?.['owner'] ?? match.groups?.['maker'] ?? '';
    const start = match.index + match[0].indexOf(group);
    const holders = holdersOf(masked, group, start);
    return {
      holders,
      rank: 'speaker',
      start: match.index,
      end: match.index + match[0].length,
      coversBefore: false,
    };
  });
}

/** "According to X", "condemned by X", "citing X". */
function sourceFrames(speech: SpeechPatterns, masked: MaskedSentence): readonly Frame[] {
  return speech.sources.flatMap(({ pattern, isCited }) =>
    everyMatch(pattern, masked.text, framesMax).flatMap((match): Frame[] => {
      const group = match[1] ?? '';
      const end = match.index + match[0].length;
      const lead = match[0].slice(0, -group.length);
      if (lead.search(speech.unnamed) !== -1 && !lead.includes('official')) return [];
      const holders = holdersOf(masked, group, end - group.length);
      const rank = isCited ? 'cited' : 'speaker';
      return [{ holders, rank, start: match.index, end, coversBefore: true }];
    }),
  );
}

function headlineFrames(masked: MaskedSentence): readonly Frame[] {
  const { text } = masked;
  const frames: Frame[] = [];
  const leading = leadingName.exec(text);
  if (leading !== null) {
    const holders = holdersOf(masked, leading[1] ?? '', leading[0].indexOf(leading[1] ?? ''));
    const isLead = holders[0]?.person !== null;
    frames.push({ holders, isLead, rank: 'speaker', start: 0, end: leading[0].length, coversBefore: false });
  }
  const trailing = text.length > headlineLengthMax ? null : trailingName.exec(text);
  if (trailing !== null) {
    const start = text.length - (trailing[1]?.length ?? 0);
    const holders = holdersOf(masked, trailing[1] ?? '', start);
    frames.push({ holders, rank: 'speaker', start: trailing.index, end: text.length, coversBefore: true });
  }
  return frames;
}
