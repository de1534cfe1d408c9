import { type Focus, type TiedCorridor } from '../corridors/corridor.linker.ts';
import { type MaskedSentence, type PlacedMention, type Span } from '../text/masked-sentence.ts';
import { type RuleMatch } from '../rules/rule.matcher.ts';
import { mentionSigns, signs } from '../text/signs.ts';
import { everyMatch } from '../text/every-match.ts';

export interface SharedCorridor extends TiedCorridor {
  /** The words that name it; null where none do. */
  readonly span: Span | null;
  /** In hundredths. */
  readonly share: number;
}

/** Share of certainty: a name is sure, "the road" less, a sentence without either least. */
export function corridorsOf(
  { rule, mentions, start }: RuleMatch,
  masked: MaskedSentence,
  focus: Focus | null,
): readonly SharedCorridor[] {
  const named =
    mentions.length > 0 ? mentions.map((number) => masked.mentions[number]) : nearestMention(masked, start);
  const tied = new Map<string, SharedCorridor>();
  for (const mention of named) {
    if (mention === undefined) continue;
    const { ties, isName, start: from, end } = mention;
    for (const { corridor, by } of ties)
      if (isName || !tied.has(corridor))
        tied.set(corridor, { corridor, by, span: { start: from, end }, share: isName ? 100 : 90 });
  }
  if (tied.size === 0 && rule.isTopical === true && focus !== null)
    return [{ corridor: focus.corridor, by: focus.by, span: null, share: shareOf(focus) }];
  return [...tied.values()];
}

function shareOf({ salience }: Focus): number {
  return Math.round(45 + 0.4 * salience);
}

const everyMention = new RegExp(`[${mentionSigns}](\\d+)${signs.end}`, 'g');

/** Words without a corridor of their own belong to the one named last before them in the sentence, or else first. */
function nearestMention({ text, mentions }: MaskedSentence, start: number): readonly PlacedMention[] {
  if (mentions.length < 2) return mentions;
  const placed = everyMatch(everyMention, text);
  const nearest = placed.findLast(({ index }) => index < start) ?? placed[0];
  const mention = mentions[Number(nearest?.[1])];
  return mention === undefined ? [] : [mention];
}
