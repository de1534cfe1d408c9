import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { LEDGER } from '../ingestion.tokens.ts';
import { assessmentDecider } from './assessment.decider.ts';
import { type WithdrawalInput } from './assessment.input.ts';
import { UnknownAssessmentError } from './assessment.refusals.ts';
import { assessmentStream, assessmentView, type AssessmentView } from './assessment.view.ts';

/** The assessment was a mistake: from now on the status is derived as if it had never been. */
export class WithdrawAssessment extends Command<AssessmentView> {
  constructor(
    readonly assessmentId: string,
    readonly withdrawal: WithdrawalInput,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(WithdrawAssessment)
export class WithdrawAssessmentHandler implements ICommandHandler<WithdrawAssessment> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ assessmentId, withdrawal, cause }: WithdrawAssessment): Promise<AssessmentView> {
    const { history } = await decideAndAppend(
      this.ledger,
      assessmentDecider,
      assessmentStream(assessmentId),
      { kind: 'withdraw', assessmentId, ...withdrawal },
      cause,
    );
    const view = assessmentView(history);
    if (view === null) throw new UnknownAssessmentError(assessmentId);
    return view;
  }
}
