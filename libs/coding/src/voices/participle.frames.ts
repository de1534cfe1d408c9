import { type Frame, framesMax } from './frame.ts';
import { type Holder, holdersOf } from './holder.reader.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { actorSign, type SpeechPatterns } from './speech.patterns.ts';
import { mainSubject, subjectBefore } from './subject.reader.ts';
import { everyMatch } from '../text/every-match.ts';

/** "A ruling by X telling Y to …". */
const besideActor = new RegExp(
  `\\b(?:by|from) (?:the )?(${actorSign}) (?:members |officials |leaders |states )?$`,
);

/** ", calling on Y to …", "while urging …", "is demanding …". */
export function participleFrames(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  frames: readonly Frame[],
  antecedent: readonly Holder[] | null,
): readonly Frame[] {
  const found: Frame[] = [];
  for (const { 0: spoken, index } of everyMatch(speech.participle, masked.text)) {
    if (found.length === framesMax) break;
    const lead = masked.text.slice(Math.max(0, index - 40), index);
    const previous = frames.findLast(({ start }) => start < index)?.holders ?? null;
    const own = /\b(?:is|are|was|were|been|be)(?: \w+ly)?(?: also| again)? $/.test(lead)
      ? subjectBefore(speech, masked, index, previous ?? antecedent)
      : null;
    const isJoined = speech.participleLead.test(lead);
    const beside = besideActor.exec(masked.text.slice(Math.max(0, index - 40), index));
    if (own === null && beside !== null) {
      const group = beside[1] ?? '';
      const holders = holdersOf(masked, group, index - beside[0].length + beside[0].indexOf(group));
      found.push({ holders, rank: 'speaker', start: index, end: index + spoken.length, coversBefore: false });
      continue;
    }
    const shared = own ?? (isJoined && previous !== null ? { holders: previous, isAnaphor: false } : null);
    const subject = shared ?? (isJoined ? mainSubject(speech, masked, antecedent) : null);
    if (subject === null) continue;
    const { holders, isAnaphor } = subject;
    const start = own?.start ?? index;
    const end = index + spoken.length;
    found.push({ holders, isAnaphor, rank: 'speaker', start, end, coversBefore: false });
  }
  return found;
}
