import { type Actor } from './actor.finder.ts';
import { type LinkedMention } from './corridor.linker.ts';
import { type Sentence } from './sentence.segmenter.ts';
import { signs } from './signs.ts';
import { type Word } from './word.tokenizer.ts';

/**
 * A folded sentence in which each corridor and each actor is one sign with its number. Rules read "C is closed", never
 * a name, so a rule that holds for one corridor holds for all.
 */
export interface MaskedSentence {
  readonly text: string;
  readonly mentions: readonly LinkedMention[];
  readonly actors: readonly Actor[];
}

interface Mask {
  readonly start: number;
  readonly end: number;
  readonly sign: string;
}

export function maskSentence(
  folded: string,
  sentence: Sentence,
  words: readonly Word[],
  mentions: readonly LinkedMention[],
  actors: readonly Actor[],
): MaskedSentence {
  const mentionMasks = mentions.map(({ kind, from, to }, index) => ({
    start: words[from]?.start ?? 0,
    end: words[to - 1]?.end ?? 0,
    sign: `${signs[kind]}${index}${signs.end}`,
  }));
  const actorMasks = actors
    .map(({ start, end }, index) => ({ start, end, sign: `${signs.actor}${index}${signs.end}` }))
    .filter((mask) => !mentionMasks.some((other) => mask.start < other.end && other.start < mask.end));
  const masks = [...mentionMasks, ...actorMasks].sort((a, b) => a.start - b.start);
  return { text: applyMasks(folded, sentence, masks), mentions, actors };
}

function applyMasks(folded: string, sentence: Sentence, masks: readonly Mask[]): string {
  let text = '';
  let at = sentence.start;
  for (const { start, end, sign } of masks) {
    text += folded.slice(at, start) + sign;
    at = end;
  }
  return text + folded.slice(at, sentence.end);
}
