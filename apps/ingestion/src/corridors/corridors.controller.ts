import { Body, Controller, Headers, Param, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type FastifyReply } from 'fastify';
import { RequireScope } from '#access';
import { corridorId } from '#events';
import { type Cause } from '#ledger';
import { InvalidInputError, parseInput } from '#platform';
import { RequestCause } from '../command-handling/request-cause.ts';
import { corridorInputAt } from './corridor.input.ts';
import { DefineCorridor } from './define-corridor.command.ts';

@Controller('v1/corridors')
export class CorridorsController {
  constructor(private readonly commands: CommandBus) {}

  /** `If-Match: "3"` amends version 3 alone; without it the last writer wins. */
  @Put(':corridor')
  @RequireScope('corridors:write')
  async define(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @RequestCause() cause: Cause,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const definition = parseInput(corridorInputAt(new Date()), body);
    const defined = await this.commands.execute(
      new DefineCorridor(corridor, definition, cause, versionOf(ifMatch)),
    );
    void reply.status(defined.registered ? 201 : 200).header('etag', `"${defined.version}"`);
    return { id: defined.id, version: defined.version, ...defined.definition };
  }
}

function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined;
  const version = /^"(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (version === undefined) {
    throw new InvalidInputError([{ pointer: 'If-Match', message: 'must be a version in quotes, as in "3"' }]);
  }
  return Number(version);
}
