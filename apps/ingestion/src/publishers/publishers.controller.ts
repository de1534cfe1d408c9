import { Body, Controller, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RequireScope } from '#access';
import { publisherGrade, publisherName, type PublisherGrade } from '#events';
import { type Cause } from '#ledger';
import { RequestCause } from '../command-handling/request-cause.ts';
import { GradePublisher } from './grade-publisher.command.ts';

@Controller('v1/publishers')
export class PublishersController {
  constructor(private readonly commands: CommandBus) {}

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
