import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { PublicRead } from '#access';
import { corridorId } from '#events';
import { claimFilter, CorridorClaims, type ClaimFilter } from './claims.query.ts';

@Controller('v1/corridors/:corridor/claims')
@PublicRead()
export class CorridorClaimsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async claims(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: claimFilter }) filter: ClaimFilter,
  ) {
    return this.queries.execute(new CorridorClaims(corridor, filter, new Date()));
  }
}
