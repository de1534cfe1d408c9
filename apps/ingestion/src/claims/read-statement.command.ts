import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { LEDGER } from '../ingestion.tokens.ts';
import { type ReadingInput } from './claim.input.ts';
import { claimReviewDecider } from './claim-review.decider.ts';

/** A person has read the whole statement; what the coders missed has been added. */
export class ReadStatement extends Command<void> {
  constructor(
    readonly statementId: string,
    readonly reading: ReadingInput,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(ReadStatement)
export class ReadStatementHandler implements ICommandHandler<ReadStatement> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ statementId, reading, cause }: ReadStatement): Promise<void> {
    await decideAndAppend(
      this.ledger,
      claimReviewDecider,
      `statement-${statementId}`,
      { kind: 'read', statementId, reading },
      cause,
    );
  }
}
