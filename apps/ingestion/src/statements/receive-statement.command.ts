import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Coder } from '#coding';
import { type Cause, type Ledger } from '#ledger';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { CODER, LEDGER } from '../ingestion.tokens.ts';
import { Registry } from '../registry.ts';
import { codeStatement, type Fetched } from './statement-coding.ts';
import { statementDecider } from './statement.decider.ts';
import { type StatementInput } from './statement.input.ts';
import { claimsIn, type ClaimView } from '../claims/claim.view.ts';

export interface ReceivedStatement {
  readonly statementId: string;
  readonly duplicate: boolean;
  /** The ledger position of the statement. */
  readonly position: number;
  readonly claims: readonly ClaimView[];
}

export class ReceiveStatement extends Command<ReceivedStatement> {
  constructor(
    readonly input: StatementInput,
    readonly receivedAt: string,
    readonly cause: Cause,
    /** Null where the statement was sent to us. */
    readonly fetched: Fetched | null = null,
  ) {
    super();
  }
}

@CommandHandler(ReceiveStatement)
export class ReceiveStatementHandler implements ICommandHandler<ReceiveStatement> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CODER) private readonly coder: Coder,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  async execute({ input, receivedAt, cause, fetched }: ReceiveStatement): Promise<ReceivedStatement> {
    await this.registry.catchUp();
    const command = codeStatement(input, {
      coder: this.coder,
      corridors: this.registry.codable(),
      grade: this.registry.gradeOf(input.publisher),
      receivedFrom: cause.actor,
      receivedAt,
      fetched,
    });
    const { statementId } = command.received;
    const { history, appended } = await decideAndAppend(
      this.ledger,
      statementDecider,
      `statement-${statementId}`,
      command,
      cause,
    );
    const position = history[0]?.position ?? 0;
    return { statementId, duplicate: appended.length === 0, position, claims: claimsIn(history) };
  }
}
