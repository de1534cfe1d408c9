import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type Ledger } from '#ledger';
import { INGESTION_POOL, LEDGER } from '../ingestion.tokens.ts';
import { kindredOf, type Kindred } from '../intake/kindred.ts';
import { UnknownStatementError } from './statement.decider.ts';
import { statementView } from './statement.view.ts';

export type StatementView = NonNullable<ReturnType<typeof statementView>> & Kindred;

export class StatementById extends Query<StatementView> {
  constructor(readonly statementId: string) {
    super();
  }
}

/** Reads the statement's own stream, so it shows what was recorded a moment ago. */
@QueryHandler(StatementById)
export class StatementByIdHandler implements IQueryHandler<StatementById> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(INGESTION_POOL) private readonly pool: Pool,
  ) {}

  async execute({ statementId }: StatementById): Promise<StatementView> {
    const [history, kindred] = await Promise.all([
      this.ledger.readStream(`statement-${statementId}`),
      kindredOf(this.pool, statementId),
    ]);
    const view = statementView(history);
    if (view === null) throw new UnknownStatementError(statementId);
    return { ...view, ...kindred };
  }
}
