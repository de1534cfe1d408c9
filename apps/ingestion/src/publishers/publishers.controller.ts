import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { PublicRead, RequireScope } from '#access';
import { publisherGrade, publisherName, type PublisherGrade } from '#events';
import { type Cause } from '#ledger';
import { RequestCause } from '../command-handling/request-cause.ts';
import { GradePublisher } from './grade-publisher.command.ts';
import { PublisherByName, publisherFilter, PublisherList, type PublisherFilter } from './publishers.query.ts';

@Controller('v1/publishers')
export class PublishersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @PublicRead()
  async list(@Query({ schema: publisherFilter }) filter: PublisherFilter) {
    return this.queries.execute(new PublisherList(filter));
  }

  @Get(':name')
  @PublicRead()
  async byName(@Param('name', { schema: publisherName }) name: string) {
    return this.queries.execute(new PublisherByName(name));
  }

  @Put(':name')
  @RequireScope('corridors:write')
  async grade(
    @Param('name', { schema: publisherName }) name: string,
    @Body({ schema: publisherGrade }) grade: PublisherGrade,
    @RequestCause() cause: Cause,
  ) {
    await this.commands.execute(new GradePublisher(name, grade, cause));
    return { name, ...grade };
  }
}
