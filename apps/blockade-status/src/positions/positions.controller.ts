import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { PublicRead } from '#access';
import { corridorId } from '#events';
import { CorridorPositions, positionsMoment, type PositionsMoment } from './positions.query.ts';

@Controller('v1/corridors/:corridor/positions')
@PublicRead()
export class PositionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async positions(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: positionsMoment }) moment: PositionsMoment,
  ) {
    return this.queries.execute(new CorridorPositions(corridor, moment, new Date()));
  }
}
