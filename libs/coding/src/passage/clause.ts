import { type Span } from '../text/masked-sentence.ts';
import { everyMatch } from '../text/every-match.ts';

/** The commas of a list part nothing; one with a conjunction or a relative behind it does. */
const breaks =
  /[;:?!"—]|,(?= (?:and then|and (?:no|none|nobody|nothing|not)|but|so|yet|while|with|which|who|whom|where|when|until|after|before|as|then|because|since|saying|according|despite|though|although)\b)|(?<=\b(?:say|says|said|finds?|reports?|reported|tells?|warns?|announces?|counts) that) |(?<! all) (?=(?:but|while|whereas|although|though|because|so that|despite|due to|until|before|after) )/g;

/** The clause that holds a place in a masked sentence: what is done to whom stands in one clause. */
export function clauseAround(text: string, { start, end }: Span): Span {
  let from = 0;
  for (const { 0: sign, index } of everyMatch(breaks, text)) {
    if (index >= end) return { start: from, end: index };
    if (index + sign.length <= start) from = index + sign.length;
  }
  return { start: from, end: text.length };
}
