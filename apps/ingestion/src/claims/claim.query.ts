import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type Ledger } from '#ledger';
import { INGESTION_POOL, LEDGER } from '../ingestion.tokens.ts';
import { UnknownClaimError } from './claim.refusals.ts';
import { claimInText, type ClaimInText } from './claim-in-text.ts';
import { statementOfClaim } from './claim-location.reader.ts';

export class ClaimById extends Query<ClaimInText> {
  constructor(readonly claimId: string) {
    super();
  }
}

/** Reads the stream of the claim's statement, so it shows what was said a moment ago. */
@QueryHandler(ClaimById)
export class ClaimByIdHandler implements IQueryHandler<ClaimById> {
  constructor(
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  async execute({ claimId }: ClaimById): Promise<ClaimInText> {
    const statementId = await statementOfClaim(this.pool, claimId);
    const view = claimInText(claimId, await this.ledger.readStream(`statement-${statementId}`));
    if (view === null) throw new UnknownClaimError(claimId);
    return view;
  }
}
