import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { PublicRead } from '#access';
import { corridorId } from '#events';
import {
  CorridorImpacts,
  CorridorIncidents,
  impactFilter,
  incidentFilter,
  type ImpactFilter,
  type IncidentFilter,
} from './incidents.query.ts';

@Controller('v1/corridors/:corridor')
@PublicRead()
export class IncidentsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('incidents')
  async incidents(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: incidentFilter }) filter: IncidentFilter,
  ) {
    return this.queries.execute(new CorridorIncidents(corridor, filter, new Date()));
  }

  @Get('impacts')
  async impacts(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: impactFilter }) filter: ImpactFilter,
  ) {
    return this.queries.execute(new CorridorImpacts(corridor, filter, new Date()));
  }
}
