import {
  type Claim,
  type CorridorDefinition,
  type CorridorStatus,
  type DerivedStatus,
  type Flow,
  flow,
  type PayloadOf,
  type PublisherGrade,
  type StatusDecision,
} from '#events';
import { type RuleSet } from './rule-set.ts';

/**
 * A claim as the rules see it: what was claimed, by whom, through which publisher of which grade.
 * Claims with the same `claimId` MUST be equal: the book tells them apart by nothing else.
 */
export interface StatusClaim extends Pick<
  Claim,
  | 'claimId'
  | 'type'
  | 'status'
  | 'presupposed'
  | 'flows'
  | 'effect'
  | 'actor'
  | 'speaker'
  | 'speakerName'
  | 'modality'
  | 'validFrom'
  | 'quote'
  | 'redacted'
> {
  readonly statementId: string;
  /** The first of the statements that say nearly the same. */
  readonly cluster: string;
  readonly publisher: string;
  /** As it was when the statement was coded. */
  readonly grade: PublisherGrade | null;
  readonly publishedAt: string;
  readonly url: string | null;
}

export type CorridorRules = Pick<
  CorridorDefinition,
  'parties' | 'operators' | 'timezone' | 'baseline' | 'primaryTraffic' | 'primaryFlows' | 'freshnessDays'
>;

/** A person's judgement; of two for one day the one with the higher position holds. */
export interface Assessment extends Pick<
  PayloadOf<'StatusAssessed'>,
  'assessmentId' | 'validFrom' | 'status' | 'flows'
> {
  readonly position: number;
}

/** All that a status is derived from, but for the claims. */
export interface BookSettings {
  readonly rules: RuleSet;
  readonly corridor: CorridorRules;
  /** Grades set since; they hold for all claims of the publisher. */
  readonly grades: ReadonlyMap<string, PublisherGrade>;
  readonly assessments: readonly Assessment[];
  /** The latest local day that a recorded event says has been reached; null before the first. */
  readonly clock: string | null;
}

export type EvidenceItem = Readonly<PayloadOf<'CorridorStatusChanged'>['evidence'][number]>;

/** The headline's decision and that of each flow. */
export interface Decision extends StatusDecision {
  readonly flows: Readonly<Record<Flow, StatusDecision>>;
}

/** The state of a corridor on one day, and why. */
export interface DerivedState extends Decision {
  /** The last day with evidence, at or before the day asked about. */
  readonly lastEvidenceOn: string | null;
  /** The heaviest first: at most 20 for, then at most 20 against. */
  readonly evidence: readonly EvidenceItem[];
}

/** From that local day on the decision is this one, until the next turn. */
export interface Turn {
  readonly from: string;
  readonly decision: Decision;
}

/** Inclusive local days over which the decision stays the same; `to` is null where nothing ends it. */
export interface StatusSegment extends Pick<
  StatusDecision,
  'status' | 'confidence' | 'disputed' | 'provisional' | 'stale'
> {
  readonly from: string;
  readonly to: string | null;
  readonly flows: Readonly<Partial<Record<Flow, DerivedStatus>>>;
}

export interface StatusDay extends Omit<StatusSegment, 'from' | 'to'> {
  readonly day: string;
}

/** Inclusive local days. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export const flows: readonly Flow[] = flow.options;

/** The more severe first: a tie keeps the earlier one. */
export const statuses = ['blocked', 'restricted', 'open'] as const satisfies readonly CorridorStatus[];

export type PerStatus<Value> = Readonly<Record<CorridorStatus, Value>>;
export type PerFlow<Value> = Readonly<Record<Flow, Value>>;

export function perFlow<Value>(valueOf: (flow: Flow) => Value): PerFlow<Value> {
  return Object.fromEntries(flows.map((each) => [each, valueOf(each)])) as unknown as PerFlow<Value>;
}
