import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { PublicRead } from '#access';
import { corridorId } from '#events';
import { CorridorExpectations, expectationFilter, type ExpectationFilter } from './expectations.query.ts';

@Controller('v1/corridors/:corridor/expectations')
@PublicRead()
export class ExpectationsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async expectations(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: expectationFilter }) filter: ExpectationFilter,
  ) {
    return this.queries.execute(new CorridorExpectations(corridor, filter, new Date()));
  }
}
