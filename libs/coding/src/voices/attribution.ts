import { type Frame } from './frame.ts';
import { type Holder } from './holder.reader.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { namedFrames } from './named.frames.ts';
import { participleFrames } from './participle.frames.ts';
import { type SpeechPatterns } from './speech.patterns.ts';
import { spokenFrames } from './spoken.frames.ts';

/** "X said Y." is the least; single words are common in lists, and looking there would cost most. */
const shortestFrame = 8;

/** Frames in text order. `antecedent` is the last speaker of the text before the sentence. */
export function findFrames(
  speech: SpeechPatterns,
  masked: MaskedSentence,
  antecedent: readonly Holder[] | null,
): readonly Frame[] {
  if (masked.text.length < shortestFrame) return [];
  const spoken = spokenFrames(speech, masked, antecedent);
  return [
    ...spoken,
    ...participleFrames(speech, masked, spoken, antecedent),
    ...namedFrames(speech, masked),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
}
