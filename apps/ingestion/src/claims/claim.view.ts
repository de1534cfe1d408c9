import { type ClaimStanding } from '#claims';
import { type Claim, type RecordedEvent, type ReviewDecision } from '#events';
import { claimRecordsOf, statementRecordOf, type ClaimRecord } from './statement-record.ts';

export interface ClaimView extends Omit<Claim, 'redacted'>, ClaimStanding {
  /** The words were redacted; the claim counts as before. */
  readonly redacted?: true;
  readonly corridor: string;
  /** For `If-Match`. */
  readonly revision: number;
}

export interface ReviewView {
  readonly decision: ReviewDecision | 'add';
  readonly reviewer: string;
  readonly note: string | null;
  readonly carriedFrom: string | null;
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
}

export interface ReviewedClaimView extends ClaimView {
  /** Everything that people said of it, the earliest first. */
  readonly reviews: readonly ReviewView[];
}

export function claimView({
  claim: { redacted, ...claim },
  corridor,
  state,
  review,
  revision,
}: ClaimRecord): ClaimView {
  const shown = redacted === undefined ? claim : { ...claim, redacted: true as const };
  return { ...shown, corridor, state, review, revision };
}

/** The claims of a statement in text order, the rejected ones marked, without those that a newer coding replaced. */
export function claimsIn(stream: readonly RecordedEvent[]): readonly ClaimView[] {
  return claimRecordsOf(statementRecordOf(stream))
    .filter(({ state }) => state !== 'replaced')
    .map(claimView);
}

export function reviewsOf(claimId: string, stream: readonly RecordedEvent[]): readonly ReviewView[] {
  return stream.flatMap((event): ReviewView[] => {
    if (event.type !== 'ClaimReviewed' && event.type !== 'ClaimAdded') return [];
    const { payload, position, recordedAt, actor } = event;
    if (payload.claim.claimId !== claimId) return [];
    const { reviewer, note } = payload;
    const decision = 'decision' in payload ? payload.decision : 'add';
    const carriedFrom = 'decision' in payload ? payload.carriedFrom : null;
    return [{ decision, reviewer, note, carriedFrom, position, recordedAt, actor }];
  });
}

/** Null where the statement never had such a claim. */
export function reviewedClaim(claimId: string, stream: readonly RecordedEvent[]): ReviewedClaimView | null {
  const record = claimRecordsOf(statementRecordOf(stream)).find(({ claim }) => claim.claimId === claimId);
  return record === undefined ? null : { ...claimView(record), reviews: reviewsOf(claimId, stream) };
}
