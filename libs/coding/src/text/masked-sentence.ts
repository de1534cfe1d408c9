import { type Actor } from '../actors/actor.finder.ts';
import { type LinkedMention } from '../corridors/corridor.linker.ts';
import { type Sentence } from './sentence.segmenter.ts';
import { signs } from './signs.ts';
import { type Word } from './word.tokenizer.ts';

/**
 * A folded sentence in which each corridor and each actor is one sign with its number. Rules read "C is closed", never
 * a name, so a rule that holds for one corridor holds for all.
 */
export interface MaskedSentence {
  readonly text: string;
  /** The folded sentence itself. */
  readonly plain: string;
  /** What the signs stand for, in order. */
  readonly masks: readonly Mask[];
  /** Where the sentence begins in the body. */
  readonly start: number;
  readonly mentions: readonly PlacedMention[];
  readonly actors: readonly Actor[];
}

/** UTF-16 offsets into the body, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface PlacedMention extends LinkedMention, Span {}

interface Mask extends Span {
  readonly sign: string;
}

export function maskSentence(
  folded: string,
  sentence: Sentence,
  words: readonly Word[],
  mentions: readonly LinkedMention[],
  actors: readonly Actor[],
): MaskedSentence {
  const placed = mentions.map((mention) => ({
    ...mention,
    start: words[mention.from]?.start ?? 0,
    end: words[mention.to - 1]?.end ?? 0,
  }));
  const mentionMasks = placed.map(({ kind, start, end }, index) => ({
    start,
    end,
    sign: `${signs[kind]}${index}${signs.end}`,
  }));
  const actorMasks = actors
    .map(({ start, end }, index) => ({ start, end, sign: `${signs.actor}${index}${signs.end}` }))
    .filter((mask) => !mentionMasks.some((other) => mask.start < other.end && other.start < mask.end));
  const masks = [...mentionMasks, ...actorMasks].sort((a, b) => a.start - b.start);
  const text = applyMasks(folded, sentence, masks);
  const plain = folded.slice(sentence.start, sentence.end);
  return { text, plain, masks, start: sentence.start, mentions: placed, actors };
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

const actorSign = new RegExp(`${signs.actor}(\\d+)${signs.end}`, 'g');

/** A stretch of the masked text with the names of actors in it again, in lower case. */
export function withActorNames({ plain, start, actors }: MaskedSentence, stretch: string): string {
  return stretch.replace(actorSign, (_, number: string) => {
    const actor = actors[Number(number)];
    return actor === undefined ? '' : plain.slice(actor.start - start, actor.end - start);
  });
}

/** The words in the body that a stretch of the masked text stands for; a sign stands for all of its words. */
export function spanInBody(masked: MaskedSentence, { start, end }: Span): Span {
  return { start: placeInBody(masked, start, 'start'), end: placeInBody(masked, end, 'end') };
}

function placeInBody({ masks, start }: MaskedSentence, place: number, edge: keyof Span): number {
  let shift = start;
  for (const mask of masks) {
    const from = mask.start - shift;
    const to = from + mask.sign.length;
    if (place < to || (place === to && edge === 'end')) {
      const isInside = edge === 'start' ? place >= from : place > from;
      return isInside ? mask[edge] : place + shift;
    }
    shift = mask.end - to;
  }
  return place + shift;
}
