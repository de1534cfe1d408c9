import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { LEDGER } from '../ingestion.tokens.ts';
import { Registry } from '../registry.ts';
import { claimByHand, contentIn } from './claim-by-hand.ts';
import { type ClaimInput } from './claim.input.ts';
import { UnknownClaimError, UnregisteredCorridorError } from './claim.refusals.ts';
import { claimReviewDecider } from './claim-review.decider.ts';
import { reviewedClaim, type ReviewedClaimView } from './claim.view.ts';

export interface AddedClaim {
  readonly claim: ReviewedClaimView;
  /** False where it was there already. */
  readonly isNew: boolean;
}

/** A person found a claim that no coder did. */
export class AddClaim extends Command<AddedClaim> {
  constructor(
    readonly statementId: string,
    readonly claim: ClaimInput,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(AddClaim)
export class AddClaimHandler implements ICommandHandler<AddClaim> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  async execute({ statementId, claim: input, cause }: AddClaim): Promise<AddedClaim> {
    await this.registry.catchUp();
    const { corridor } = input;
    if (!this.registry.isRegistered(corridor)) throw new UnregisteredCorridorError(corridor, '/corridor');
    const gradeOf = (publisher: string) => this.registry.gradeOf(publisher);
    const { state, history, appended } = await decideAndAppend(
      this.ledger,
      claimReviewDecider,
      `statement-${statementId}`,
      { kind: 'add', statementId, gradeOf, claim: input },
      cause,
    );
    const body = state.received?.body ?? '';
    const { claimId } = claimByHand(statementId, corridor, contentIn(input, body), body);
    const claim = reviewedClaim(claimId, history);
    if (claim === null) throw new UnknownClaimError(claimId);
    return { claim, isNew: appended.length > 0 };
  }
}
