import { type CorridorStatus, type Confidence, type DerivedStatus } from '#events';
import { type DayOrdinal } from './calendar-day.ts';
import { type Coverage, type EvidenceDay, type Said } from './evidence-day.ts';
import { type RuleSet } from './rule-set.ts';
import { type PerStatus, statuses } from './status.ts';
import { isOneSource, type Tally } from './tally.ts';
import { sayings, type Says, type WeighedClaim } from './weighed-claim.ts';

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
  /** The last day on which someone passed, where the flow is shut but for such exceptions; else null. */
  readonly exceptionOn: DayOrdinal | null;
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
  exceptionOn: null,
};

export interface WindowDay {
  readonly day: EvidenceDay;
  /** Days before the last day with evidence. */
  readonly age: number;
}

/** What the window's evidence says for one status of one flow. */
interface Support {
  weight: number;
  tallies: Tally[];
}

/**
 * Rule by rule, the status of a flow after the latest day of the window, given that of the day before.
 * @returns the very state of before where nothing is another
 */
export function decideFlow(
  flow: Coverage,
  { flow: before, headline }: { readonly flow: FlowState; readonly headline: DerivedStatus },
  window: readonly WindowDay[],
  rules: RuleSet,
): FlowState {
  const [today] = window;
  if (today === undefined) return before;
  const evidence = evidenceOf(flow, { flow: before.status, headline }, window, rules);
  const support = admitted(evidence, before.status);
  const best = heaviest(support);
  const said = saidOf(today.day, flow);
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

export function isSameState(a: FlowState, b: FlowState): boolean {
  return (
    a === b ||
    (a.status === b.status &&
      a.since === b.since &&
      a.confidence === b.confidence &&
      a.share === b.share &&
      a.basis === b.basis &&
      a.provisional === b.provisional &&
      a.conflict === b.conflict &&
      a.exceptionOn === b.exceptionOn &&
      isSameNames(a.disputedBy, b.disputedBy))
  );
}

function isSameNames(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, index) => name === b[index]));
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

interface Before {
  readonly flow: DerivedStatus;
  readonly headline: DerivedStatus;
}

interface Evidence {
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
function evidenceOf(flow: Coverage, before: Before, window: readonly WindowDay[], rules: RuleSet): Evidence {
  const support = { blocked: noSupport(), restricted: noSupport(), open: noSupport() };
  const ended = { blocked: false, restricted: false, open: false };
  const hasOwn = flow !== 'general' && window.some(({ day }) => day.said[flow] !== undefined);
  const lately = window.filter(({ age }) => age < rules.refusalDays);
  const passes = lately.some(({ day }) => hasPassage(saidOf(day, flow)));
  let [passed, passedToday, closed, isEased] = [false, false, false, false];
  let passedOn: DayOrdinal | null = null;
  for (const { day, age } of window) {
    const said = saidOf(day, flow);
    const acts = actsIn(said, rules);
    const isShut = said.some((each) => (each.blocked?.spokenBeyondParties ?? 0) > 0);
    for (const each of said) {
      const isWhole = hasOwn && each === day.said.general;
      for (const says of sayings) {
        const tally = each[says];
        if (tally === undefined) continue;
        const status = statusSaid(says, before.flow, { passes, isShut });
        if (
          ended[status] ||
          (status === 'restricted' && isOnlyTheWhole(tally, each === day.said.general, before))
        )
          continue;
        const isOutdone = tally.act === 0 && (isWhole || isOutdoneBy(acts, status));
        const share = isOutdone ? rules.generalShare : 100;
        support[status].weight += Math.floor((tally.sum * (rules.fade[age] ?? 0) * share) / 10_000);
        support[status].tallies.push(tally);
        isEased ||= (says === 'restricted' || says === 'open') && tally.spokenBeyondParties > 0;
        if (!passed && (says === 'blocked' || (says === 'turned_back' && status === 'blocked')))
          closed ||= tally.act > 0 || (!isWhole && hasOwn && tally.spokenBeyondParties > 0);
      }
    }
    if (!closed && hasPassage(said)) {
      passed = true;
      passedToday ||= age === 0;
      passedOn ??= day.on;
    }
    if (acts.passed || acts.restricted || acts.open) ended.blocked = true;
    if (acts.blocked || acts.open) ended.restricted = true;
    if (acts.blocked || acts.restricted || acts.narrowed) ended.open = true;
  }
  return { support, passed, passedToday, passedOn, isEased, closed };
}

/** What is said of the flow on that day: of it alone, and of the way as a whole. */
function saidOf(day: EvidenceDay, flow: Coverage): readonly Said[] {
  const own = flow === 'general' ? undefined : day.said[flow];
  return [own, day.said.general].filter((said) => said !== undefined);
}

/** What is told as having happened, by someone who counts. */
function actsIn(said: readonly Said[], { actWeightMin }: RuleSet) {
  const hasAct = (says: Says) => said.some((each) => (each[says]?.act ?? 0) >= actWeightMin);
  return {
    blocked: hasAct('blocked'),
    restricted: hasAct('restricted'),
    open: hasAct('open'),
    narrowed: hasAct('narrowed'),
    passed: hasAct('passed'),
  };
}

function hasPassage(said: readonly Said[]): boolean {
  return said.some((each) => (each.passed?.act ?? 0) > 0);
}

/** "Restricted", said of the way as a whole, is no news of a flow that is shut while others are let through. */
function isOnlyTheWhole({ act }: Tally, isGeneral: boolean, { flow, headline }: Before): boolean {
  return isGeneral && act === 0 && flow === 'blocked' && headline === 'restricted';
}

/** What happened outweighs what is said of the same day. */
function isOutdoneBy(acts: ReturnType<typeof actsIn>, status: CorridorStatus): boolean {
  return statuses.some((other) => other !== status && acts[other]);
}

/**
 * A passage says that not all is blocked, a check or a quota that not all is open; what more there is, was known before.
 * Someone turned back is an exception where others pass these days, and else the latest news of the flow; someone who
 * passes is one where others say on that day that it is shut.
 */
function statusSaid(
  says: Says,
  before: DerivedStatus,
  { passes, isShut }: { readonly passes: boolean; readonly isShut: boolean },
): CorridorStatus {
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

function noSupport(): Support {
  return { weight: 0, tallies: [] };
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
  return confidences.indexOf(a) < confidences.indexOf(b) ? a : b;
}

/** The surest first. */
export const confidences: readonly Confidence[] = ['high', 'moderate', 'low'];

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
const contrary: Readonly<Record<DerivedStatus, readonly (readonly [Says, 'speakers' | 'deniers'])[]>> = {
  open: [
    ['blocked', 'speakers'],
    ['restricted', 'speakers'],
  ],
  restricted: [
    ['open', 'speakers'],
    ['blocked', 'deniers'],
  ],
  blocked: [
    ['open', 'speakers'],
    ['restricted', 'deniers'],
  ],
  unknown: [],
};

const disputersMax = 40;

/** Whoever contradicted during the run, until they come round. */
function disputers(
  status: DerivedStatus,
  before: readonly string[],
  said: readonly Said[],
): readonly string[] {
  const against = contrary[status].flatMap(([says, who]) =>
    said.flatMap((each) => each[says]?.[who] ?? nobody),
  );
  const comeRound =
    before.length === 0 || status === 'unknown'
      ? nobody
      : said.flatMap((each) => each[status]?.speakers ?? nobody).filter((name) => !against.includes(name));
  const isSame =
    against.every((name) => before.includes(name)) && !comeRound.some((name) => before.includes(name));
  if (isSame) return before;
  const names = new Set([...before.filter((name) => !comeRound.includes(name)), ...against]);
  return [...names].sort().slice(0, disputersMax);
}

const nobody: readonly string[] = [];
