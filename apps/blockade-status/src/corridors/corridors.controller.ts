import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type z } from 'zod';
import { PublicRead } from '#access';
import { corridorId } from '#events';
import { CorridorStatusOn, statusMoment, type StatusMoment } from '../corridor-status/status.query.ts';
import { CorridorTimeline, timelineRange, type TimelineRange } from '../corridor-status/timeline.query.ts';
import { changesPage, changesSince, StatusChanges } from '../status-changes/status-changes.query.ts';
import { CorridorById, corridorFilter, CorridorList, type CorridorFilter } from './corridors.query.ts';

@Controller('v1')
@PublicRead()
export class CorridorsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('corridors')
  async list(@Query({ schema: corridorFilter }) filter: CorridorFilter) {
    return this.queries.execute(new CorridorList(filter));
  }

  @Get('corridors/:corridor')
  async byId(@Param('corridor', { schema: corridorId }) corridor: string) {
    return this.queries.execute(new CorridorById(corridor));
  }

  @Get('corridors/:corridor/status')
  @Header('content-type', 'application/json; charset=utf-8')
  async status(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: statusMoment }) moment: StatusMoment,
  ) {
    return this.queries.execute(new CorridorStatusOn(corridor, moment, new Date()));
  }

  @Get('corridors/:corridor/timeline')
  async timeline(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: timelineRange }) range: TimelineRange,
  ) {
    return this.queries.execute(new CorridorTimeline(corridor, range, new Date()));
  }

  @Get('corridors/:corridor/changes')
  async changes(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: changesPage }) { limit, cursor }: z.output<typeof changesPage>,
  ) {
    return this.queries.execute(new StatusChanges(corridor, limit, cursor));
  }

  /** A downstream system keeps `since` of the last answer and comes back with it. */
  @Get('changes')
  async changesOfAll(@Query({ schema: changesSince }) { limit, since }: z.output<typeof changesSince>) {
    return this.queries.execute(new StatusChanges(null, limit, since));
  }
}
