import { type CorridorStatus, type DerivedStatus } from '#events';
import { type DayOrdinal } from './calendar-day.ts';
import { type DayView, viewOf } from './day-view.ts';
import { type Coverage, type EvidenceDay } from './evidence-day.ts';
import { type RuleSet } from './rule-set.ts';
import { type PerStatus, statuses } from './status.ts';
import { type Tally } from './tally.ts';
import { type Says } from './weighed-claim.ts';

export interface WindowDay {
  readonly day: EvidenceDay;
  /** Days before the last day with evidence. */
  readonly age: number;
}

/** What the window's evidence says for one status of one flow. */
export interface Support {
  weight: number;
  tallies: Tally[];
}

export interface Evidence {
  readonly support: PerStatus<Support>;
  /** Someone passed, and no closing was told since. */
  readonly passed: boolean;
  readonly passedToday: boolean;
  /** The last day of the window on which someone passed. */
  readonly passedOn: DayOrdinal | null;
  /** Someone says, beyond that some passed, that it is restricted or was opened. */
  readonly isEased: boolean;
  /** A closing was told, or that this very flow does not pass, as late as the last passage. */
  readonly closed: boolean;
}

/**
 * The window from its latest day back. Rule 7: a passage refutes what was said before it that nothing passes; in the
 * same way a told act puts an end to what was said of the state that it changed.
 */
export function evidenceOf(
  flow: Coverage,
  before: DerivedStatus,
  window: readonly WindowDay[],
  rules: RuleSet,
): Evidence {
  const support = { blocked: noSupport(), restricted: noSupport(), open: noSupport() };
  const ended = { blocked: false, restricted: false, open: false };
  const hasOwn = flow !== 'general' && window.some(({ day }) => day.said[flow] !== undefined);
  const views = window.map(({ day, age }) => ({ view: viewOf(day, flow, rules), on: day.on, age }));
  const passes = views.some(({ view, age }) => age < rules.refusalDays && view.hasPassage);
  let [passed, passedToday, closed, isEased] = [false, false, false, false];
  let passedOn: DayOrdinal | null = null;
  for (const { view, on, age } of views) {
    const { acts } = view;
    for (const { says, tally, isGeneral } of view.entries) {
      const status = statusSaid(says, before, passes, view.isShut);
      if (ended[status] || (status === 'restricted' && isOnlyTheWhole(tally, isGeneral, before))) continue;
      const isWhole = hasOwn && isGeneral;
      const isOutdone = tally.act === 0 && (isWhole || isOutdoneBy(acts, status));
      const share = isOutdone ? rules.generalShare : 100;
      support[status].weight += Math.floor((tally.sum * (rules.fade[age] ?? 0) * share) / 10_000);
      support[status].tallies.push(tally);
      isEased ||= (says === 'restricted' || says === 'open') && tally.spokenBeyondParties > 0;
      if (!passed && (says === 'blocked' || (says === 'turned_back' && status === 'blocked')))
        closed ||= tally.act > 0 || (!isWhole && hasOwn && tally.spokenBeyondParties > 0);
    }
    if (!closed && view.hasPassage) {
      passed = true;
      passedToday ||= age === 0;
      passedOn ??= on;
    }
    if (acts.passed || acts.restricted || acts.open) ended.blocked = true;
    if (acts.blocked || acts.open) ended.restricted = true;
    if (acts.blocked || acts.restricted || acts.narrowed) ended.open = true;
  }
  return { support, passed, passedToday, passedOn, isEased, closed };
}

export function noSupport(): Support {
  return { weight: 0, tallies: [] };
}

/** "Restricted", said of the way as a whole, does not say that anything passes of a flow that is shut. */
function isOnlyTheWhole({ act }: Tally, isGeneral: boolean, flow: DerivedStatus): boolean {
  return isGeneral && act === 0 && flow === 'blocked';
}

/** What happened outweighs what is said of the same day. */
function isOutdoneBy(acts: DayView['acts'], status: CorridorStatus): boolean {
  return statuses.some((other) => other !== status && acts[other]);
}

/**
 * A passage says that not all is blocked, a check or a quota that not all is open; what more there is, was known before.
 * Someone turned back is an exception where others pass these days, and else the latest news of the flow; someone who
 * passes is one where others say on that day that it is shut.
 */
function statusSaid(says: Says, before: DerivedStatus, passes: boolean, isShut: boolean): CorridorStatus {
  switch (says) {
    case 'passed':
      return before === 'open' && !isShut ? 'open' : 'restricted';
    case 'narrowed':
      return before === 'blocked' ? 'blocked' : 'restricted';
    case 'turned_back':
      return passes || before === 'open' ? 'restricted' : 'blocked';
    default:
      return says;
  }
}
