import { type Confidence, type DerivedStatus } from '#events';
import { type DayOrdinal } from './calendar-day.ts';

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

/** The surest first. */
export const confidences: readonly Confidence[] = ['high', 'moderate', 'low'];

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
