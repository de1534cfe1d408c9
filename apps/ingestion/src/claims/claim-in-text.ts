import { type RecordedEvent } from '#events';
import { reviewedClaim, type ReviewedClaimView } from './claim.view.ts';

/** A claim as a reviewer needs it: with its statement, and with what stands around its sentence. */
export interface ClaimInText extends ReviewedClaimView {
  readonly statementId: string;
  /** The first statement of those that say the same in nearly the same words; their claims count once. */
  readonly cluster: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly publishedAt: string;
  readonly title: string | null;
  readonly language: string | null;
  readonly before: string;
  readonly after: string;
}

/** UTF-16 units on either side; about two sentences. */
const aroundMax = 300;

/** Null where the statement has no such claim, or its text was erased. */
export function claimInText(claimId: string, stream: readonly RecordedEvent[]): ClaimInText | null {
  const received = stream.find((event) => event.type === 'StatementReceived');
  const claim = reviewedClaim(claimId, stream);
  if (received === undefined || claim === null) return null;
  const { statementId, cluster, publisher, url, publishedAt, title, language, body } = received.payload;
  // Offsets into what is there no more.
  const isRedacted = received.payload.redacted !== undefined;
  return {
    ...claim,
    statementId,
    cluster,
    publisher,
    url,
    publishedAt,
    title,
    language,
    before: isRedacted ? '' : body.slice(Math.max(0, claim.start - aroundMax), claim.start).toWellFormed(),
    after: isRedacted ? '' : body.slice(claim.end, claim.end + aroundMax).toWellFormed(),
  };
}
