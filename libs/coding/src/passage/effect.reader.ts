import { type CorridorStatus, type PassageEffect } from '#events';
import { type NamedDay } from '../claims/date.resolver.ts';
import { type Finding } from '../claims/claim.assembler.ts';
import { type RuleMatch } from '../rules/rule.matcher.ts';
import { type ScopePatterns } from '../claims/scope.ts';

/** Who makes a way so has done this to it. */
const effectOfStatus: Readonly<Record<CorridorStatus, PassageEffect>> = {
  blocked: 'closed',
  restricted: 'restricted',
  open: 'opened',
};

/** How far behind a match its "by X" or its day tells that it is an act and no state. */
const actReach = 40;

/** How far behind a match the waiting is told. */
const waitReach = 12;

/** How far around a match the means of travel is told. */
const airReach = 25;

/** What is told to have been done to passage; null for a plain state and for what does not touch passage. */
export function effectOf(
  match: RuleMatch,
  { type, status, modality }: Pick<Finding, 'type' | 'status' | 'modality'>,
  day: NamedDay | null,
  text: string,
  scope: ScopePatterns,
): PassageEffect | null {
  const { rule, start, end } = match;
  if (modality !== 'asserted' || rule.presupposed === true) return null;
  // Of the time before: "500 lorries a day crossed before the war".
  if (scope.has('formerly', text.slice(start, end + actReach))) return null;
  if (type === 'incident') {
    return isOfTraffic(rule.effect) && isElsewhere(match, text, scope) ? null : (rule.effect ?? null);
  }
  // "Not reopened" is told of what did not happen.
  const isAsRuled = status === rule.status || status === 'restricted';
  if (type !== 'status' || status === null || !isAsRuled) return null;
  // What is opened to some alone is opened.
  const told = rule.status === 'open' && status === 'restricted' ? 'opened' : effectOfStatus[status];
  return isTold(match, day, text, scope) ? (rule.effect ?? told) : null;
}

function isOfTraffic(effect: PassageEffect | undefined): boolean {
  return effect === 'passed' || effect === 'turned_back';
}

/** A ship that lies loaded has not left, the dead do not pass, and what is flown in uses no road. */
function isElsewhere({ cues, start, end }: RuleMatch, text: string, { has }: ScopePatterns): boolean {
  const last = cues.at(-1)?.start ?? start;
  return (
    has('notThrough', text.slice(last, end + waitReach)) ||
    has('harmed', text.slice(start, end)) ||
    has('byAir', text.slice(Math.max(0, start - airReach), end + airReach))
  );
}

/** "Closes the road", "is reopened", "was closed on Monday", "is closed by soldiers"; not "remains closed". */
function isTold(
  { rule, cues, start, end }: RuleMatch,
  day: NamedDay | null,
  text: string,
  { has }: ScopePatterns,
) {
  const matched = text.slice(start, end);
  const around = text.slice(Math.max(0, start - 15), end);
  if (has('lasting', around)) return false;
  if (rule.isTold === true || rule.isEvent === true)
    return !cues.some((cue) => has('goingOn', text.slice(cue.start, cue.end)));
  if (!has('passive', matched)) return false;
  if (has('toldPassive', matched) || has('doneBy', text.slice(end, end + actReach))) return true;
  return day !== null && !day.isBeginning && day.start >= end && day.start - end <= actReach;
}
