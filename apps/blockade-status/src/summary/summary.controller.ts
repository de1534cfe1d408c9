import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { PublicRead } from '#access';
import { corridorId } from '#events';
import { CorridorSummary, summaryRange, type SummaryRange } from './summary.query.ts';

@Controller('v1/corridors/:corridor/summary')
@PublicRead()
export class SummaryController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async summary(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: summaryRange }) range: SummaryRange,
  ) {
    return this.queries.execute(new CorridorSummary(corridor, range, new Date()));
  }
}
