import {
  type Claim,
  type CorridorDefinition,
  type DerivedStatus,
  type PublisherGrade,
  type StatusDecision,
} from '#events';

/** A claim as the rules see it: what was claimed, by whom, through which publisher of which grade. */
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
  /** Hundredths, 0 to 100. */
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
  readonly evidence: readonly EvidenceItem[];
}

/** Inclusive local days over which the decision stays the same; `to` is null for the last one. */
export interface StatusSegment {
  readonly from: string;
  readonly to: string | null;
  readonly status: DerivedStatus;
  readonly confidence: StatusDecision['confidence'];
  readonly disputed: boolean;
}

export type CorridorRules = Pick<CorridorDefinition, 'parties' | 'operators' | 'timezone' | 'baseline'>;
