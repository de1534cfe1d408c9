import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type PayloadOf } from '#events';
import { type Ledger } from '#ledger';
import { LEDGER } from '../ingestion.tokens.ts';
import { UnknownStatementError } from './statement.decider.ts';
import { custodyOf, receivedIn } from './statement.view.ts';

export type CustodyView = ReturnType<typeof custodyOf> &
  Pick<PayloadOf<'StatementReceived'>['custody'], 'remoteAddress'> & { readonly statementId: string };

/** Who gave us a statement, with the address that it came from. */
export class CustodyOfStatement extends Query<CustodyView> {
  constructor(readonly statementId: string) {
    super();
  }
}

@QueryHandler(CustodyOfStatement)
export class CustodyOfStatementHandler implements IQueryHandler<CustodyOfStatement> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ statementId }: CustodyOfStatement): Promise<CustodyView> {
    const received = receivedIn(await this.ledger.readStream(`statement-${statementId}`));
    if (received === undefined) throw new UnknownStatementError(statementId);
    const { remoteAddress } = received.payload.custody;
    return { statementId, ...custodyOf(received), remoteAddress };
  }
}
