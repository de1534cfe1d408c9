import { type Confidence, type StatusDecision } from '#events';
import { dayOf, type DayOrdinal } from './calendar-day.ts';
import { type EvidenceBook } from './evidence-book.ts';
import { type DayState, overTime } from './fold.ts';
import { type FlowState, isSameState, nothingKnown } from './flow-state.ts';
import { type Decision, perFlow } from './status.ts';

export interface Lapse {
  readonly day: string;
  readonly becomes: 'exception_over' | 'stale' | 'unknown';
  readonly lastEvidenceOn: string;
}

/** What time alone will make of the latest state: the state then, and whether it is still fresh. */
export interface Fading extends Lapse {
  readonly on: DayOrdinal;
  readonly state: DayState;
  readonly freshness: Freshness;
}

export type Freshness = 'fresh' | 'stale' | 'unknown';

/**
 * Rule 8: silence is not openness. The days on which a corridor without news becomes stale and then unknown, and on which
 * exceptions are over; oldest first. The limit is the contested one while someone disputes the status or the evidence
 * conflicts. Empty where nothing is known.
 */
export function fadingsOf({ settings, days, states }: EvidenceBook): readonly Fading[] {
  const last = days.at(-1);
  const state = states.at(-1);
  if (last === undefined || state === undefined || state.headline.status === 'unknown') return [];
  const { contested, stable } = settings.corridor.freshnessDays;
  const { conflict, disputedBy } = state.headline;
  const limit = conflict || disputedBy.length > 0 ? contested : stable;
  const [staleOn, unknownOn] = [last.on + limit + 1, last.on + 2 * limit + 1];
  const passings = overTime(state, last.on, unknownOn, settings);
  const turningDays = [...new Set([...passings.map(({ on }) => on), staleOn, unknownOn])].sort(
    (a, b) => a - b,
  );
  return turningDays.map((on) => {
    const freshness = on >= unknownOn ? 'unknown' : on >= staleOn ? 'stale' : 'fresh';
    return {
      on,
      day: dayOf(on),
      becomes: freshness === 'fresh' || (on !== staleOn && on !== unknownOn) ? 'exception_over' : freshness,
      lastEvidenceOn: dayOf(last.on),
      state: passings.findLast((passing) => passing.on <= on)?.state ?? state,
      freshness,
    };
  });
}

/** The next day on which time alone will change the status; null while there is none. */
export function nextLapse(book: EvidenceBook): Lapse | null {
  const { clock } = book.settings;
  const next = fadingsOf(book).find(({ day }) => clock === null || day > clock);
  if (next === undefined) return null;
  const { day, becomes, lastEvidenceOn } = next;
  return { day, becomes, lastEvidenceOn };
}

export function decisionOf(state: DayState): Decision {
  return { ...toldOf(state.headline), flows: perFlow((flow) => toldOf(state.flows[flow])) };
}

/** The decision of a state that has not been heard of for so long. */
export function fadedDecision(state: DayState, freshness: Freshness, on: DayOrdinal): Decision {
  if (freshness === 'fresh') return decisionOf(state);
  const faded = freshness === 'stale' ? staleOf : (each: FlowState) => unknownOf(each, on);
  return { ...faded(state.headline), flows: perFlow((flow) => faded(state.flows[flow])) };
}

function staleOf(state: FlowState): StatusDecision {
  const confidence: Confidence = state.confidence === 'high' ? 'moderate' : 'low';
  return { ...toldOf({ ...state, confidence }), stale: state.status !== 'unknown' };
}

function unknownOf(state: FlowState, since: DayOrdinal): StatusDecision {
  if (state.status === 'unknown') return toldOf(state);
  return { ...toldOf({ ...nothingKnown, since }), stale: true };
}

function toldOf(state: FlowState): StatusDecision {
  const known = told.get(state);
  if (known !== undefined) return known;
  const made = decisionOfFlow(state);
  told.set(state, made);
  return made;
}

// Most states go on from day to day, and from flow to flow, as the same object.
const told = new WeakMap<FlowState, StatusDecision>();

function decisionOfFlow(state: FlowState): StatusDecision {
  const { status, since, confidence, basis, disputedBy, provisional } = state;
  return {
    status,
    since: since === null ? null : dayOf(since),
    confidence,
    likelihood: likelihoodOf(state),
    basis,
    disputed: disputedBy.length > 0,
    disputedBy: [...disputedBy],
    provisional,
    stale: false,
  };
}

/** Whether the two differ in nothing that is told. */
export function isToldAlike(a: FlowState, b: FlowState): boolean {
  return (
    a === b || (likelihoodOf(a) === likelihoodOf(b) && isSameState({ ...a, ...untold }, { ...b, ...untold }))
  );
}

const untold = { share: 0, conflict: false, exceptionOn: null };

/**
 * In steps of 0.05, never certainty. The bands are those of estimative language (ICD 203): high confidence is "very
 * likely", moderate "likely", low "roughly even chance"; within them the share of the weight that is for the status.
 */
function likelihoodOf({ status, confidence, share }: FlowState): number | null {
  if (status === 'unknown') return null;
  const [from, to] = bands[confidence];
  return (Math.round((from + ((to - from) * share) / 100) / 5) * 5) / 100;
}

const bands: Readonly<Record<Confidence, readonly [number, number]>> = {
  high: [80, 95],
  moderate: [60, 80],
  low: [40, 55],
};
