import { type Confidence, type StatusDecision } from '#events';
import { dayOf, type DayOrdinal, ordinalOf } from './calendar-day.ts';
import { type EvidenceBook } from './evidence-book.ts';
import { type DayState } from './fold.ts';
import { type FlowState, isSameState, nothingKnown } from './flow-decision.ts';
import { type Decision, perFlow } from './status.ts';

export interface Lapse {
  readonly day: string;
  readonly becomes: 'stale' | 'unknown';
  readonly lastEvidenceOn: string;
}

/**
 * Rule 8: silence is not openness. The days on which a corridor without news becomes stale and then unknown; the limit
 * is the contested one while someone disputes the status or the evidence conflicts. Empty where nothing is known.
 */
export function lapsesOf({ settings, days, states }: EvidenceBook): readonly Lapse[] {
  const last = days.at(-1);
  const state = states.at(-1);
  if (last === undefined || state === undefined || state.headline.status === 'unknown') return [];
  const { contested, stable } = settings.corridor.freshnessDays;
  const { conflict, disputedBy } = state.headline;
  const limit = conflict || disputedBy.length > 0 ? contested : stable;
  const lapse = (after: number, becomes: Lapse['becomes']): Lapse => ({
    day: dayOf(last.on + after + 1),
    becomes,
    lastEvidenceOn: dayOf(last.on),
  });
  return [lapse(limit, 'stale'), lapse(2 * limit, 'unknown')];
}

/** The next day on which time alone will change the status; null while there is none. */
export function nextLapse(book: EvidenceBook): Lapse | null {
  const { clock } = book.settings;
  return lapsesOf(book).find(({ day }) => clock === null || day > clock) ?? null;
}

export function decisionOf(state: DayState): Decision {
  return { ...toldOf(state.headline), flows: perFlow((flow) => toldOf(state.flows[flow])) };
}

/** The decision after that lapse. */
export function lapsedDecision(state: DayState, { day, becomes }: Lapse): Decision {
  const lapsed = becomes === 'stale' ? staleOf : (each: FlowState) => unknownOf(each, ordinalOf(day));
  return { ...lapsed(state.headline), flows: perFlow((flow) => lapsed(state.flows[flow])) };
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
    a === b ||
    (likelihoodOf(a) === likelihoodOf(b) &&
      isSameState({ ...a, share: 0, conflict: false }, { ...b, share: 0, conflict: false }))
  );
}

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
