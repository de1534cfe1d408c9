import { type CorridorStatus } from '#events';
import { type Finding } from './claim.assembler.ts';
import { modalityOf } from './modality.reader.ts';
import { type RuleMatch } from '../rules/rule.matcher.ts';
import {
  governorsOf,
  isHypothetical,
  isNegated,
  isNoLonger,
  isScareQuoted,
  type ScopePatterns,
} from './scope.ts';

/** What the match says once negation, condition and exceptions are heard; null when it says nothing. */
export function outcomeOf(
  match: RuleMatch,
  text: string,
  scope: ScopePatterns,
): Pick<Finding, 'type' | 'status' | 'modality'> | null {
  const { rule, start, end } = match;
  const matched = text.slice(start, end);
  const governors = governorsOf(scope, text, start);
  const isState = rule.type === 'status' || rule.type === 'denial';
  if (rule.type !== 'impact' && rule.spansCondition !== true && /\b(?:if|whether)\b/.test(matched))
    return null;
  // Whoever speaks of the day when it opens takes it to be shut.
  if (
    (isState || rule.type === 'incident') &&
    rule.asksToOpen !== true &&
    isHypothetical(scope, governors, matched)
  )
    return null;
  if (rule.type === 'status' && isScareQuoted(scope, text, start, end)) return null;
  if (rule.presupposed === true && scope.has('staysOpen', matched)) return null;
  // Closed on Saturdays, it is open on the other days.
  if (rule.status === 'open' && wasOnce.test(matched)) return null;
  const isKept = rule.status === 'blocked' && scope.has('passive', matched);
  if (isKept && scope.has('regular', text.slice(start, end + regularReach))) return null;
  const modality = rule.presupposed === true ? 'asserted' : modalityOf(scope, match, text);
  // What may come is no event yet.
  if (rule.type === 'incident' && modality !== 'asserted') return null;
  if (rule.onlyAnnounced === true) {
    const announced = modality === 'asserted' ? 'future' : modality;
    return isNegated(scope, governors, matched)
      ? null
      : { type: 'status', status: rule.status ?? 'blocked', modality: announced };
  }
  // "Not acceptable" inside a promise does not undo it; "not to reopen" does.
  const isNegatable = isState || rule.effect !== undefined || matched.includes('not to ');
  const negatable = isNegatable ? negatablePart(match, text) : '';
  if (rule.ignoresNegation !== true && isNegated(scope, governors, negatable)) {
    if (rule.negated === undefined) return null;
    // "It must never be shut again" disputes nothing.
    return rule.negated.type === 'denial' && wishes.test(governors + matched)
      ? null
      : { ...rule.negated, modality };
  }
  if (rule.status === undefined)
    return {
      type: rule.type,
      status: null,
      modality,
    };
  if (rule.presupposed !== true && isNoLonger(scope, governors, matched))
    return { type: rule.type, status: rule.status === 'open' ? 'blocked' : 'open', modality };
  // To whom it shall be opened, or where alone it is said to be shut, is no exception to what it is.
  const status =
    rule.asksToOpen === true || rule.type === 'denial'
      ? rule.status
      : withExceptions(scope, rule.status, matched, text.slice(end, end + 70));
  return { type: rule.type, status, modality };
}

/** "The gate had stayed open until this week." */
const wasOnce = /\bhad (?:been|stayed|remained|kept) (?:\w+ ){0,2}open\b/;

/** How far behind a closure its hours or weekdays are told, in characters. */
const regularReach = 30;

const wishes = /\b(?:can|must|should|may|never again|hopes?|let|ensur\w+|guarantee\w*)\b/;

/** "Closed C" is not undone by what stands between the verb and its object; "C is not closed" is. */
function negatablePart({ rule, cues, start, end }: RuleMatch, text: string): string {
  const endsInNoun = signNames.has(String(rule.steps.at(-1))) && rule.steps.length > 1;
  return text.slice(start, endsInNoun ? cues[0]?.end : end);
}

const signNames: ReadonlySet<string> = new Set(['C', 'D', 'B', 'R', 'M']);

const toMost =
  /^[^.;]{0,25}?\b(?:to|for) (?:most|almost all|nearly all|many|some|all but|non-|commercial|civilian)|^[^.;]{0,40}\b(?:except|apart from|other than|allowing only)\b/;
const ofMost =
  /\b(?:to|for|of) (?:most|almost all|nearly all|many|all but)\b|\b(?:most|almost all|nearly all)(?: [\w-]+){1,4}$/;

function withExceptions(
  { has }: ScopePatterns,
  status: CorridorStatus,
  matched: string,
  after: string,
): CorridorStatus {
  if (status === 'blocked')
    return has('mostly', matched) || toMost.test(after) || ofMost.test(matched) ? 'restricted' : 'blocked';
  if (status === 'open')
    return has('onlySome', matched) ||
      has('onlySome', after.slice(0, 40)) ||
      has('openedFor', after.trimStart())
      ? 'restricted'
      : 'open';
  return status;
}
