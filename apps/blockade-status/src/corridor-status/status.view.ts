import { type DerivedStatus, type Flow } from '#events';
import { type DerivedState, type EvidenceItem, flowStatusesOf } from '#status';
import { type AsOf } from '../as-of.ts';
import { type CoveringCheckpoint } from '../audit/covering-checkpoint.ts';
import { daysBetween } from './calendar.ts';

export interface EvidenceView extends Omit<EvidenceItem, 'weight'> {
  /** 0 to 1. */
  readonly weight: number;
}

/** A state as readers see it. */
export interface StateView extends Omit<DerivedState, 'flows' | 'lastEvidenceOn' | 'evidence'> {
  /** Of each flow of which something is known. */
  readonly flows: Readonly<Partial<Record<Flow, DerivedStatus>>>;
  /** The last day with evidence, at or before the day asked about. */
  readonly lastEvidenceAt: string | null;
}

export interface StatusView extends StateView {
  readonly corridor: string;
  readonly name: string;
  /** Whole days in this state, from `since` to `validAt`; null when it is not known since when. */
  readonly days: number | null;
  readonly validAt: string;
  readonly asOf: AsOf;
  /** By which `asOf.position` can be proved; null until one covers it, a second at most after it was recorded. */
  readonly checkpoint: CoveringCheckpoint | null;
  readonly rule: string;
  readonly evidence: readonly EvidenceView[];
  /** How the rules came to it, step by step; where it was asked for. */
  readonly explanation?: readonly string[];
}

export function stateView(state: DerivedState): StateView {
  const { flows: _flows, lastEvidenceOn, evidence: _evidence, ...decision } = state;
  return { ...decision, flows: flowStatusesOf(state), lastEvidenceAt: lastEvidenceOn };
}

export function statusView(
  {
    corridor,
    name,
    validAt,
    asOf,
    checkpoint,
  }: Pick<StatusView, 'corridor' | 'name' | 'validAt' | 'asOf' | 'checkpoint'>,
  state: DerivedState,
  rule: string,
): StatusView {
  const { since, evidence } = state;
  return {
    corridor,
    name,
    ...stateView(state),
    days: since === null ? null : daysBetween(since, validAt),
    validAt,
    asOf,
    checkpoint,
    rule,
    evidence: evidence.map((item) => ({ ...item, weight: item.weight / 100 })),
  };
}
