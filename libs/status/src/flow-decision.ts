import { type CorridorStatus, type Confidence, type DerivedStatus, type Flow } from '#events';
import { type DayOrdinal } from './calendar-day.ts';
import { type EvidenceDay, type Said } from './evidence-day.ts';
import { type RuleSet } from './rule-set.ts';
import { type PerStatus, statuses } from './status.ts';
import { emptyTally, isOneSource, type Tally } from './tally.ts';
import { type Says, type WeighedClaim } from './weighed-claim.ts';

/** What holds for one flow at the end of a day. */
export interface FlowState {
  readonly status: DerivedStatus;
  readonly since: DayOrdinal | null;
  readonly confidence: Confidence;
  /** Share of the weight that is for the status, in hundredths. */
  readonly share: number;
  readonly basis: 'observed' | 'declared' | 'inferred';
  /** Those whose latest word in this run is against it, in order. */
  readonly disputedBy: readonly string[];
  readonly provisional: boolean;
  /** Rule 16: the best items conflict and neither yields. */
  readonly conflict: boolean;
}

export const nothingKnown: FlowState = {
  status: 'unknown',
  since: null,
  confidence: 'low',
  share: 0,
  basis: 'inferred',
  disputedBy: [],
  provisional: false,
  conflict: false,
};

export interface WindowDay {
  readonly day: EvidenceDay;
  /** Days before the last day with evidence. */
  readonly age: number;
}

/** What the window's evidence says for one status of one flow. */
interface Support {
  readonly weight: number;
  readonly tallies: readonly Tally[];
}

/** Rule by rule, the status of a flow after the latest day of the window, given that of the day before. */
export function decideFlow(
  flow: Flow,
  before: FlowState,
  window: readonly WindowDay[],
  rules: RuleSet,
): FlowState {
  const [today] = window;
  if (today === undefined) return before;
  const evidence = evidenceOf(flow, before.status, window, rules);
  const support = admitted(evidence, before.status);
  const best = heaviest(support);
  if (best === null) return goingOn(before, evidence.said);
  const status = yields(before.status, best, support, rules) ? best : (before.status as CorridorStatus);
  const goesOn = status === before.status;
  const conflict = isConflict(status, support, rules);
  const confidence = confidenceOf(status, support, conflict, rules);
  return {
    status,
    since: goesOn ? before.since : today.day.on,
    confidence: goesOn && isUncontested(status, support) ? surer(before.confidence, confidence) : confidence,
    share: shareOf(status, support),
    basis: basisOf(support[status].tallies),
    disputedBy: disputers(status, goesOn ? before.disputedBy : [], evidence.said),
    provisional: isProvisional(support[status].tallies),
    conflict,
  };
}

/** Parties alone, in their own interest: the status goes on, and nothing else vouches for it any more. */
function goingOn(before: FlowState, said: readonly Said[]): FlowState {
  const isSpokenOf = said.some((each) => Object.keys(each).length > 0);
  const confidence = isSpokenOf ? 'low' : before.confidence;
  return { ...before, confidence, disputedBy: disputers(before.status, before.disputedBy, said) };
}

interface Evidence {
  readonly support: PerStatus<Support>;
  /** What was said today. */
  readonly said: readonly Said[];
  /** Someone passed, and no closing was told since. */
  readonly passed: boolean;
  readonly passedToday: boolean;
  /** A closing was told, or that this very flow does not pass, as late as the last passage. */
  readonly closed: boolean;
}

/**
 * The window from its latest day back. Rule 7: a passage refutes what was said before it that nothing passes; in the
 * same way a told act puts an end to what was said of the state that it changed.
 */
function evidenceOf(
  flow: Flow,
  before: DerivedStatus,
  window: readonly WindowDay[],
  rules: RuleSet,
): Evidence {
  const weights = { blocked: 0, restricted: 0, open: 0 };
  const tallies: Record<CorridorStatus, Tally[]> = { blocked: [], restricted: [], open: [] };
  const ended = { blocked: false, restricted: false, open: false };
  const hasOwn = window.some(({ day }) => day.said[flow] !== undefined);
  let [passed, passedToday, closed] = [false, false, false];
  for (const { day, age } of window) {
    const endedBefore = { ...ended };
    const acted = statuses.filter((status) => hasAct(day, flow, status, rules));
    for (const coverage of [flow, 'general'] as const) {
      for (const [says, tally] of entriesOf(day.said[coverage])) {
        const status = statusSaid(says, before);
        if (!endedBefore[status]) {
          const isOutdone = hasOwn && coverage === 'general' ? true : acted.some((other) => other !== status);
          const share = isOutdone && tally.act === 0 ? rules.generalShare : 100;
          weights[status] += Math.floor((tally.sum * (rules.fade[age] ?? 0) * share) / 10_000);
          tallies[status].push(tally);
          if (status === 'blocked' && !passed)
            closed ||= tally.act > 0 || (coverage === flow && tally.spokenBeyondParties > 0);
        }
        if (tally.act < rules.actWeightMin) continue;
        if (says === 'passed') ended.blocked = true;
        else if (says !== 'turned_back')
          for (const other of statuses) if (other !== says) ended[other] = true;
      }
    }
    const passage = day.said[flow]?.passed ?? day.said.general?.passed;
    if (passage !== undefined && passage.act > 0 && !closed) {
      passed = true;
      passedToday ||= age === 0;
    }
  }
  const [today] = window;
  const support = (status: CorridorStatus) => ({ weight: weights[status], tallies: tallies[status] });
  return {
    support: { blocked: support('blocked'), restricted: support('restricted'), open: support('open') },
    said: [today?.day.said[flow] ?? {}, today?.day.said.general ?? {}],
    passed,
    passedToday,
    closed,
  };
}

/** What is told as having happened outweighs what is said of the same day. */
function hasAct(day: EvidenceDay, flow: Flow, status: CorridorStatus, { actWeightMin }: RuleSet): boolean {
  return [day.said[flow], day.said.general].some((said) => (said?.[status]?.act ?? 0) >= actWeightMin);
}

/** A passage says that not all is blocked, a refusal that not all is open; what more there is, was known before. */
function statusSaid(says: Says, before: DerivedStatus): CorridorStatus {
  switch (says) {
    case 'passed':
      return before === 'open' ? 'open' : 'restricted';
    case 'turned_back':
      return before === 'open' || before === 'restricted' ? 'restricted' : 'blocked';
    default:
      return says;
  }
}

/** What may decide: without what parties say in their own interest, and without words that passages refute. */
function admitted(
  { support, passed, passedToday, closed }: Evidence,
  before: DerivedStatus,
): PerStatus<Support> {
  const isOnlyAWord = !support.blocked.tallies.some(({ spoken }) => spoken) && before === 'restricted';
  const isRefuted = !closed && (passedToday || (passed && before !== 'blocked'));
  const blocked = isOnlyAWord ? nothing : beyondPartiesOrOwnAct(support.blocked);
  const restricted = beyondPartiesOrOwnAct(support.restricted);
  return {
    blocked: isRefuted ? nothing : blocked,
    // Who says that nothing passes, where some do, is right in that it is not open.
    restricted: isRefuted ? merged(restricted, blocked) : restricted,
    // Rule 4: a party's claim alone never opens a road, its own act included.
    open: isBeyondParties(support.open) || isAgreed(support) ? support.open : nothing,
  };
}

function merged(a: Support, b: Support): Support {
  return { weight: a.weight + b.weight, tallies: [...a.tallies, ...b.tallies] };
}

const nothing: Support = { weight: 0, tallies: [] };

function beyondPartiesOrOwnAct(support: Support): Support {
  const counts = isBeyondParties(support) || support.tallies.some((tally) => tally.admitted);
  return counts ? support : nothing;
}

function isBeyondParties({ tallies }: Support): boolean {
  return tallies.some((tally) => tally.beyondParties > 0);
}

/** Rule 5: opposed parties agree when one says open that has said otherwise, beside another that always did. */
function isAgreed({ blocked, restricted, open }: PerStatus<Support>): boolean {
  const opening = namesOf(open.tallies, 'parties');
  const closing = new Set([
    ...namesOf(blocked.tallies, 'parties'),
    ...namesOf(restricted.tallies, 'parties'),
  ]);
  const turned = [...opening].filter((name) => closing.has(name));
  return turned.length > 0 && opening.size > turned.length;
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

function confidenceOf(
  status: CorridorStatus,
  support: PerStatus<Support>,
  conflict: boolean,
  { nearShare }: RuleSet,
): Confidence {
  const { tallies, weight } = support[status];
  const strongest = strongestOf(tallies);
  if (conflict || strongest === 0) return 'low';
  const contrary = statuses.filter((other) => other !== status).map((other) => support[other]);
  if (contrary.some((other) => other.weight * 100 >= weight * nearShare)) return 'low';
  if (contrary.some((other) => strongestOf(other.tallies) >= strongest)) return 'moderate';
  return tallies.some(({ firstHand }) => firstHand) || isCorroborated(tallies) ? 'high' : 'moderate';
}

/** What nobody contradicts does not become less sure because less is said of it. */
function isUncontested(status: CorridorStatus, support: PerStatus<Support>): boolean {
  return statuses.every((other) => other === status || support[other].weight === 0);
}

function surer(a: Confidence, b: Confidence): Confidence {
  return a === 'high' || b === 'low' ? a : b === 'high' || a === 'low' ? b : a;
}

function strongestOf(tallies: readonly Tally[]): number {
  return tallies.reduce((strongest, { beyondParties }) => Math.max(strongest, beyondParties), 0);
}

/** Rule 6: two independent sources graded C or better. */
function isCorroborated(tallies: readonly Tally[]): boolean {
  const sound: WeighedClaim[] = tallies.flatMap(({ soundSources }) => soundSources);
  return sound.some((a, index) => sound.slice(index + 1).some((b) => !isOneSource(a, b)));
}

function shareOf(status: CorridorStatus, support: PerStatus<Support>): number {
  const all = statuses.reduce((sum, each) => sum + support[each].weight, 0);
  return all === 0 ? 0 : Math.floor((support[status].weight * 100) / all);
}

function basisOf(tallies: readonly Tally[]): FlowState['basis'] {
  if (tallies.some(({ observed }) => observed)) return 'observed';
  return tallies.some((tally) => tally.admitted) ? 'declared' : 'inferred';
}

/** Rule 4: on a party's word about its own act, the status is provisional. */
function isProvisional(tallies: readonly Tally[]): boolean {
  return !tallies.some(({ spokenBeyondParties }) => spokenBeyondParties > 0);
}

/** "Restricted" does not dispute "blocked", but "it is not blocked, it is restricted" does. */
function disputers(
  status: DerivedStatus,
  before: readonly string[],
  said: readonly Said[],
): readonly string[] {
  const tallies = (says: Says) => said.map((each) => each[says] ?? emptyTally);
  const contrary = (): Set<string> => {
    switch (status) {
      case 'open':
        return new Set([
          ...namesOf(tallies('blocked'), 'speakers'),
          ...namesOf(tallies('restricted'), 'speakers'),
        ]);
      case 'restricted':
        return new Set([...namesOf(tallies('open'), 'speakers'), ...namesOf(tallies('blocked'), 'deniers')]);
      case 'blocked':
        return new Set([
          ...namesOf(tallies('open'), 'speakers'),
          ...namesOf(tallies('restricted'), 'deniers'),
        ]);
      case 'unknown':
        return new Set();
    }
  };
  const names = contrary();
  if (names.size === 0 && before.length === 0) return before;
  const concurring = status === 'unknown' ? new Set<string>() : namesOf(tallies(status), 'speakers');
  const kept = before.filter((name) => !concurring.has(name) || names.has(name));
  if (names.size === 0 && kept.length === before.length) return before;
  return [...new Set([...kept, ...names])].sort();
}

function namesOf(tallies: readonly Tally[], of: 'speakers' | 'deniers' | 'parties'): Set<string> {
  return new Set(tallies.flatMap((tally) => [...tally[of]]));
}

function entriesOf(said: Said | undefined): [Says, Tally][] {
  return said === undefined ? [] : (Object.entries(said) as [Says, Tally][]);
}
