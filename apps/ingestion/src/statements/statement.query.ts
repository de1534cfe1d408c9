import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Ledger } from '#ledger';
import { LEDGER } from '../ingestion.tokens.ts';
import { UnknownStatementError } from './statement.decider.ts';
import { statementView } from './statement.view.ts';

export type StatementView = NonNullable<ReturnType<typeof statementView>>;

export class StatementById extends Query<StatementView> {
  constructor(readonly statementId: string) {
    super();
  }
}

/** Reads the statement's own stream, so it shows what was recorded a moment ago. */
@QueryHandler(StatementById)
export class StatementByIdHandler implements IQueryHandler<StatementById> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ statementId }: StatementById): Promise<StatementView> {
    const view = statementView(await this.ledger.readStream(`statement-${statementId}`));
    if (view === null) throw new UnknownStatementError(statementId);
    return view;
  }
}
