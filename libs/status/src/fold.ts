import { type CorridorStatus, type DerivedStatus, type Flow } from '#events';
import { type DayOrdinal, ordinalOf } from './calendar-day.ts';
import { firstIndexWhere, type EvidenceDay, type Said } from './evidence-day.ts';
import { decideFlow } from './flow-decision.ts';
import { type WindowDay } from './flow-evidence.ts';
import { type FlowState, isSameState, nothingKnown } from './flow-state.ts';
import { headlineOf } from './headline.ts';
import { type Assessment, type BookSettings, flows, type PerFlow, perFlow, statuses } from './status.ts';

/** What holds at the end of a day, and goes on until the next day with evidence. */
export interface DayState {
  readonly headline: FlowState;
  readonly flows: PerFlow<FlowState>;
}

/** What holds before the first evidence: the baseline, else what the first told act presupposes, else nothing. */
export function stateBefore(days: readonly EvidenceDay[], settings: BookSettings): DayState {
  const [first] = days;
  const { baseline } = settings.corridor;
  if (baseline !== null && (first === undefined || ordinalOf(baseline.since) <= first.on))
    return given(baseline.status, ordinalOf(baseline.since), settings);
  return first === undefined ? unknown : presupposedBy(first, settings);
}

/** One day with evidence further. */
export function stateAfter(
  earlier: DayState,
  days: readonly EvidenceDay[],
  index: number,
  settings: BookSettings,
): DayState {
  const on = days[index]?.on ?? 0;
  const before = overTime(earlier, days[index - 1]?.on ?? on, on, settings).at(-1)?.state ?? earlier;
  const { latest, today } = assessmentsAt(settings.assessments, on);
  if (today !== null) return assessed(before, today, on, settings);
  const window = windowOf(days, index, settings.rules.windowDays, latest);
  const states = flowStates(before, window, settings);
  const isSame = flows.every((flow) => states[flow] === before.flows[flow]);
  return isSame
    ? before
    : { flows: states, headline: headlineOf(states, before.headline, on, settings.corridor) };
}

/** What holds from a day on, without evidence of that day. */
export interface Passing {
  readonly on: DayOrdinal;
  readonly state: DayState;
}

/**
 * What time alone makes of a state after one day and before another, oldest first. Rule 8: that nobody was seen to pass
 * any more is no passage, so a flow that is shut but for exceptions is shut again.
 */
export function overTime(
  state: DayState,
  after: DayOrdinal,
  before: DayOrdinal,
  { rules, corridor }: BookSettings,
): readonly Passing[] {
  const overOn = (flow: Flow) => {
    const { exceptionOn } = state.flows[flow];
    return exceptionOn === null ? Infinity : Math.max(exceptionOn + rules.exceptionDays, after) + 1;
  };
  const turningDays = [...new Set(flows.map(overOn))].filter((on) => on < before).sort((a, b) => a - b);
  const passings: Passing[] = [];
  for (const on of turningDays) {
    const held = passings.at(-1)?.state ?? state;
    const states = perFlow((flow) => (overOn(flow) === on ? shutAgain(on) : held.flows[flow]));
    passings.push({
      on,
      state: { flows: states, headline: headlineOf(states, held.headline, on, corridor) },
    });
  }
  return passings;
}

function shutAgain(on: DayOrdinal): FlowState {
  return { ...nothingKnown, status: 'blocked', since: on, share: 100, provisional: true };
}

/** Flows of which nothing is said apart, and that stood alike, stand alike: they are decided once. */
function flowStates(
  before: DayState,
  window: readonly WindowDay[],
  { rules }: BookSettings,
): PerFlow<FlowState> {
  const alike = new Map<FlowState, FlowState>();
  return perFlow((flow) => {
    const earlier = before.flows[flow];
    if (window.some(({ day }) => day.said[flow] !== undefined))
      return decideFlow(flow, earlier, window, rules);
    const known = alike.get(earlier) ?? decideFlow('general', earlier, window, rules);
    alike.set(earlier, known);
    return known;
  });
}

export function isSameDay(a: DayState, b: DayState): boolean {
  return (
    a === b ||
    (isSameState(a.headline, b.headline) && flows.every((flow) => isSameState(a.flows[flow], b.flows[flow])))
  );
}

export const unknown: DayState = { headline: nothingKnown, flows: perFlow(() => nothingKnown) };

/** Days whose evidence still weighs on the day at that index, the latest first; none up to an assessment. */
export function windowOf(
  days: readonly EvidenceDay[],
  index: number,
  windowDays: number,
  after: DayOrdinal = -Infinity,
): readonly WindowDay[] {
  const window: WindowDay[] = [];
  const last = days[index]?.on ?? 0;
  for (let at = index; at >= 0; at--) {
    const day = days[at];
    if (day === undefined || last - day.on >= windowDays || day.on <= after) break;
    window.push({ day, age: last - day.on });
  }
  return window;
}

/** The last assessed day before that one, and the assessment of that day itself. */
export function assessmentsAt(assessments: readonly Assessment[], on: DayOrdinal) {
  let latest = -Infinity;
  let today: Assessment | null = null;
  for (const each of assessments) {
    const day = ordinalOf(each.validFrom);
    if (day < on) latest = Math.max(latest, day);
    else if (day === on && each.position > (today?.position ?? 0)) today = each;
  }
  return { latest, today };
}

export function indexOfDay(days: readonly EvidenceDay[], on: DayOrdinal): number {
  return firstIndexWhere(days, (day) => day.on >= on);
}

function given(status: DerivedStatus, since: DayOrdinal, settings: BookSettings): DayState {
  const state: FlowState =
    status === 'unknown'
      ? { ...nothingKnown, since }
      : { ...nothingKnown, status, since, confidence: 'moderate', share: 100 };
  const states = perFlow(() => state);
  return { flows: states, headline: headlineOf(states, { ...state, status }, since, settings.corridor) };
}

/** A person's decision: no evidence up to that day moves it. */
function assessed(
  before: DayState,
  assessment: Assessment,
  on: DayOrdinal,
  settings: BookSettings,
): DayState {
  const states = perFlow((flow): FlowState => {
    const status = assessment.flows[flow] ?? assessment.status;
    const earlier = before.flows[flow];
    if (status === 'unknown') return { ...nothingKnown, since: on };
    const goesOn = earlier.status === status;
    return {
      status,
      since: goesOn ? earlier.since : on,
      confidence: 'moderate',
      share: 100,
      basis: 'inferred',
      disputedBy: goesOn ? earlier.disputedBy : [],
      provisional: false,
      conflict: false,
      exceptionOn: null,
    };
  });
  const derived = headlineOf(states, before.headline, on, settings.corridor);
  // The person's word for the whole is the headline, whatever the flows add up to.
  const since = assessment.status === before.headline.status ? before.headline.since : on;
  return { flows: states, headline: { ...derived, status: assessment.status, since } };
}

/**
 * What the first evidence presupposes, for the freshness limit and no further back: what is told as having been closed
 * was not closed before, and a state that is said, and not told as an act, did not begin on the day it is said.
 */
function presupposedBy(first: EvidenceDay, settings: BookSettings): DayState {
  const since = first.on - settings.corridor.freshnessDays.stable;
  const states = perFlow((flow): FlowState => {
    const status = statusBefore(first.said[flow] ?? first.said.general ?? {});
    return status === null ? nothingKnown : { ...nothingKnown, status, since, provisional: true };
  });
  if (flows.every((flow) => states[flow] === nothingKnown)) return unknown;
  return { flows: states, headline: headlineOf(states, nothingKnown, since, settings.corridor) };
}

function statusBefore(said: Said): CorridorStatus | null {
  if ((said.blocked?.act ?? 0) > 0) return 'open';
  if ((said.open?.act ?? 0) > 0) return 'blocked';
  const standing = statuses.filter((status) => (said[status]?.spokenBeyondParties ?? 0) > 0);
  return standing.length === 1 ? (standing[0] ?? null) : null;
}
