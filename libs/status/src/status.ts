import {
  type Claim,
  type CorridorDefinition,
  type CorridorStatus,
  type DerivedStatus,
  type PublisherGrade,
  type StatusDecision,
} from '#events';

/** Recorded with every decision; a change of a rule or a weight needs a new number. */
export const ruleVersion = 'status-rules/1';

/**
 * A claim as the rules see it: what was claimed, by whom, through which publisher of which grade.
 * Claims with the same `claimId` MUST be equal: the book tells them apart by nothing else.
 */
export interface StatusClaim extends Pick<
  Claim,
  'claimId' | 'type' | 'status' | 'presupposed' | 'speaker' | 'modality' | 'validFrom' | 'quote'
> {
  readonly statementId: string;
  readonly publisher: string;
  readonly grade: PublisherGrade | null;
  readonly publishedAt: string;
  readonly url: string | null;
}

export interface EvidenceItem {
  readonly claimId: string;
  readonly statementId: string;
  readonly stance: 'for' | 'against';
  /** Hundredths, 0 to 100, faded by its age on the last day with evidence. */
  readonly weight: number;
  readonly speaker: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly publishedAt: string;
  readonly quote: string;
}

/** The state of a corridor on one day, and why. */
export interface DerivedState extends StatusDecision {
  /** The last day with evidence, at or before the day asked about. */
  readonly lastEvidenceOn: string | null;
  /** The heaviest first: at most 20 for, then at most 20 against. */
  readonly evidence: readonly EvidenceItem[];
}

/** Inclusive local days over which the decision stays the same; `to` is null where nothing ends it. */
export interface StatusSegment {
  readonly from: string;
  readonly to: string | null;
  readonly status: DerivedStatus;
  readonly confidence: StatusDecision['confidence'];
  readonly disputed: boolean;
}

export interface StatusDay extends Pick<StatusSegment, 'status' | 'confidence' | 'disputed'> {
  readonly day: string;
}

/** Inclusive local days. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export type CorridorRules = Pick<CorridorDefinition, 'parties' | 'operators' | 'timezone' | 'baseline'>;

/** The more severe first: a tie keeps the earlier one. */
export const statuses = ['blocked', 'restricted', 'open'] as const satisfies readonly CorridorStatus[];

export type PerStatus<Value> = Readonly<Record<CorridorStatus, Value>>;
