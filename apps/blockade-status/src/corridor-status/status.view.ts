import { ruleVersion, type DerivedState } from '#status';
import { type AsOf } from '../as-of.ts';
import { daysBetween } from './calendar.ts';

/** Evidence older than this leaves a status standing, but marked (specs: freshness of a stable corridor). */
export const freshnessDays = 14;

export interface StatusView extends DerivedState {
  readonly corridor: string;
  readonly name: string;
  /** Whole days in this state, from `since` to `validAt`; null when it is not known since when. */
  readonly days: number | null;
  readonly stale: boolean;
  readonly validAt: string;
  readonly asOf: AsOf;
  readonly rule: string;
}

export function statusView(
  corridor: string,
  name: string,
  state: DerivedState,
  validAt: string,
  asOf: AsOf,
): StatusView {
  return {
    corridor,
    name,
    ...state,
    days: state.since === null ? null : daysBetween(state.since, validAt),
    stale: isStale(state.lastEvidenceOn, validAt),
    validAt,
    asOf,
    rule: ruleVersion,
  };
}

export function isStale(lastEvidenceOn: string | null, validAt: string): boolean {
  return lastEvidenceOn !== null && daysBetween(lastEvidenceOn, validAt) > freshnessDays;
}
