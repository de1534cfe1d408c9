import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { LEDGER } from '../ingestion.tokens.ts';
import { statementDecider } from './statement.decider.ts';

/** Takes a statement's claims out of the evidence; the statement itself stays in the ledger. */
export class RetractStatement extends Command<void> {
  constructor(
    readonly statementId: string,
    readonly reason: string,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(RetractStatement)
export class RetractStatementHandler implements ICommandHandler<RetractStatement> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ statementId, reason, cause }: RetractStatement): Promise<void> {
    await decideAndAppend(
      this.ledger,
      statementDecider,
      `statement-${statementId}`,
      { kind: 'retract', statementId, reason },
      cause,
    );
  }
}
