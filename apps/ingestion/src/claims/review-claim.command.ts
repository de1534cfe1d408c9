import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type RecordedEvent } from '#events';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { INGESTION_POOL, LEDGER } from '../ingestion.tokens.ts';
import { Registry } from '../registry.ts';
import { movedClaim } from './claim-by-hand.ts';
import { type Amendment, type ReviewInput } from './claim.input.ts';
import { statementOfClaim } from './claim-location.reader.ts';
import { UnknownClaimError, UnregisteredCorridorError } from './claim.refusals.ts';
import { claimReviewDecider } from './claim-review.decider.ts';
import { reviewedClaim, type ReviewedClaimView } from './claim.view.ts';
import { claimRecordsOf, type StatementRecord } from './statement-record.ts';

/** A person confirms, rejects or amends a claim. Moved to another corridor, it is answered as it stands there. */
export class ReviewClaim extends Command<ReviewedClaimView> {
  constructor(
    readonly claimId: string,
    readonly review: ReviewInput,
    readonly expectedRevision: number | null,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(ReviewClaim)
export class ReviewClaimHandler implements ICommandHandler<ReviewClaim> {
  constructor(
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  async execute({ claimId, review, expectedRevision, cause }: ReviewClaim): Promise<ReviewedClaimView> {
    const statementId = await statementOfClaim(this.pool, claimId);
    await this.registry.catchUp();
    const corridor = review.amended?.corridor;
    if (corridor !== undefined && !this.registry.isRegistered(corridor))
      throw new UnregisteredCorridorError(corridor, '/amended/corridor');
    const gradeOf = (publisher: string) => this.registry.gradeOf(publisher);
    const { state, history } = await decideAndAppend(
      this.ledger,
      claimReviewDecider,
      `statement-${statementId}`,
      { kind: 'review', statementId, gradeOf, claimId, review, expectedRevision },
      cause,
    );
    return viewOf(claimId, review.amended ?? {}, state, history);
  }
}

function viewOf(
  claimId: string,
  amended: Amendment,
  state: StatementRecord,
  history: readonly RecordedEvent[],
): ReviewedClaimView {
  const record = claimRecordsOf(state).find(({ claim }) => claim.claimId === claimId);
  const { received } = state;
  const { corridor = record?.corridor } = amended;
  const isMoved = record !== undefined && corridor !== undefined && corridor !== record.corridor;
  const answered =
    isMoved && received !== null
      ? movedClaim(received.statementId, corridor, record.claim, amended, received.body).claimId
      : claimId;
  const view = reviewedClaim(answered, history);
  if (view === null) throw new UnknownClaimError(claimId);
  return view;
}
