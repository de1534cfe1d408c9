import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyReply } from 'fastify';
import { RequireScope } from '#access';
import { sourceId } from '#events';
import { type Cause } from '#ledger';
import { RequestCause } from '../command-handling/request-cause.ts';
import { PollSource } from './poll-source.command.ts';
import { RegisterSource } from './register-source.command.ts';
import { RemoveSource } from './remove-source.command.ts';
import { sourceInput, type SourceInput } from './source.input.ts';
import { SourceById, sourceFilter, SourceList, type SourceFilter } from './sources.query.ts';

/** Also reading needs a key: the address of a feed may hold one. */
@Controller('v1/sources')
@RequireScope('corridors:write')
export class SourcesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  async register(
    @Body({ schema: sourceInput }) input: SourceInput,
    @RequestCause() cause: Cause,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { source, isNew } = await this.commands.execute(new RegisterSource(input, cause));
    void reply.status(isNew ? 201 : 200);
    return this.queries.execute(new SourceById(source));
  }

  @Get()
  async list(@Query({ schema: sourceFilter }) filter: SourceFilter) {
    return this.queries.execute(new SourceList(filter));
  }

  @Get(':id')
  async byId(@Param('id', { schema: sourceId }) id: string) {
    return this.queries.execute(new SourceById(id));
  }

  @Post(':id/poll')
  @HttpCode(200)
  async poll(@Param('id', { schema: sourceId }) id: string) {
    return this.commands.execute(new PollSource(id));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', { schema: sourceId }) id: string, @RequestCause() cause: Cause): Promise<void> {
    await this.commands.execute(new RemoveSource(id, cause));
  }
}
