import { type CorridorStatus, type DerivedStatus } from '#events';
import { type DayOrdinal } from './calendar-day.ts';
import { viewOf } from './day-view.ts';
import { disputers, nobody } from './disputers.ts';
import { type Coverage, type EvidenceDay, type Said } from './evidence-day.ts';
import { basisOf, confidenceOf, isProvisional, isUncontested, shareOf, surer } from './flow-confidence.ts';
import { type Evidence, evidenceOf, noSupport, type Support, type WindowDay } from './flow-evidence.ts';
import { type FlowState, isSameState } from './flow-state.ts';
import { type RuleSet } from './rule-set.ts';
import { type PerStatus, statuses } from './status.ts';

/**
 * Rule by rule, the status of a flow after the latest day of the window, given that of the day before.
 * @returns the very state of before where nothing is another
 */
export function decideFlow(
  flow: Coverage,
  before: FlowState,
  window: readonly WindowDay[],
  rules: RuleSet,
): FlowState {
  const [today] = window;
  if (today === undefined) return before;
  const evidence = evidenceOf(flow, before.status, window, rules);
  const support = admitted(evidence, before.status);
  const best = heaviest(support);
  const { said } = viewOf(today.day, flow, rules);
  const after =
    best === null ? goingOn(before, said) : decided(best, before, support, today.day, said, rules);
  const exceptionOn = exceptionAfter(before, after, evidence);
  return isSameState(before, { ...after, exceptionOn }) ? before : { ...after, exceptionOn };
}

/** Who passes where nobody else does is an exception, until someone says that the way is open to such. */
function exceptionAfter(before: FlowState, after: FlowState, evidence: Evidence): DayOrdinal | null {
  const wasShut = before.status === 'blocked' || before.exceptionOn !== null;
  if (after.status !== 'restricted' || !wasShut || evidence.isEased) return null;
  return evidence.passedOn ?? before.exceptionOn;
}

function decided(
  best: CorridorStatus,
  before: FlowState,
  support: PerStatus<Support>,
  { on }: EvidenceDay,
  said: readonly Said[],
  rules: RuleSet,
): FlowState {
  const status = yields(before.status, best, support, rules) ? best : (before.status as CorridorStatus);
  const goesOn = status === before.status;
  const conflict = isConflict(status, support, rules);
  const confidence = confidenceOf(status, support, conflict, rules);
  return {
    status,
    since: goesOn ? before.since : on,
    confidence: goesOn && isUncontested(status, support) ? surer(before.confidence, confidence) : confidence,
    share: shareOf(status, support),
    basis: basisOf(support[status].tallies),
    disputedBy: disputers(status, goesOn ? before.disputedBy : nobody, said),
    provisional: isProvisional(support[status].tallies),
    conflict,
    exceptionOn: null,
  };
}

/** Parties alone, in their own interest: the status goes on, and nothing else vouches for it any more. */
function goingOn(before: FlowState, said: readonly Said[]): FlowState {
  if (said.length === 0) return before;
  return { ...before, confidence: 'low', disputedBy: disputers(before.status, before.disputedBy, said) };
}

/** What may decide: without what parties say in their own interest, and without words that passages refute. */
function admitted(
  { support, passed, passedToday, closed }: Evidence,
  before: DerivedStatus,
): PerStatus<Support> {
  const isOnlyAWord = !support.blocked.tallies.some(({ spoken }) => spoken) && before === 'restricted';
  const isRefuted = !closed && (passedToday || (passed && before !== 'blocked'));
  const blocked = isOnlyAWord ? noSupport() : beyondPartiesOrOwnAct(support.blocked);
  const restricted = beyondPartiesOrOwnAct(support.restricted);
  return {
    blocked: isRefuted ? noSupport() : blocked,
    // Who says that nothing passes, where some do, is right in that it is not open.
    restricted: isRefuted ? merged(restricted, blocked) : restricted,
    // Rule 4: a party's claim alone never opens a road, its own act included.
    open: isBeyondParties(support.open) || isAgreed(support) ? support.open : noSupport(),
  };
}

function merged(a: Support, b: Support): Support {
  return { weight: a.weight + b.weight, tallies: [...a.tallies, ...b.tallies] };
}

function beyondPartiesOrOwnAct(support: Support): Support {
  const counts = isBeyondParties(support) || support.tallies.some((tally) => tally.admitted);
  return counts ? support : noSupport();
}

function isBeyondParties({ tallies }: Support): boolean {
  return tallies.some((tally) => tally.beyondParties > 0);
}

/** Rule 5: opposed parties agree when one says open that has said otherwise, beside another that always did. */
function isAgreed({ blocked, restricted, open }: PerStatus<Support>): boolean {
  if (open.tallies.length === 0) return false;
  const opening = partiesOf(open);
  const closing = [...partiesOf(blocked), ...partiesOf(restricted)];
  const turned = opening.filter((name) => closing.includes(name));
  return turned.length > 0 && opening.length > turned.length;
}

function partiesOf({ tallies }: Support): readonly string[] {
  return [...new Set(tallies.flatMap(({ parties }) => parties))];
}

function heaviest(support: PerStatus<Support>): CorridorStatus | null {
  const most = Math.max(...statuses.map((status) => support[status].weight));
  return most === 0 ? null : (statuses.find((status) => support[status].weight === most) ?? null);
}

/** Rule 16: where the best items conflict and neither yields, the earlier status stays. */
function yields(
  before: DerivedStatus,
  best: CorridorStatus,
  support: PerStatus<Support>,
  { yieldShare }: RuleSet,
): boolean {
  if (before === 'unknown' || before === best) return true;
  return support[before].weight * 100 < support[best].weight * yieldShare;
}

function isConflict(status: CorridorStatus, support: PerStatus<Support>, { yieldShare }: RuleSet): boolean {
  return statuses.some(
    (other) => other !== status && support[other].weight * 100 >= support[status].weight * yieldShare,
  );
}
