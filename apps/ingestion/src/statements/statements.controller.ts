import { Readable } from 'node:stream';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyReply } from 'fastify';
import { z } from 'zod';
import { PublicRead, RequireScope } from '#access';
import { statementId, storableText } from '#events';
import { type Cause } from '#ledger';
import { InvalidInputError, LOGGER, parseInput, type Logger } from '#platform';
import { RequestCause } from '../command-handling/request-cause.ts';
import { RedactStatement } from '../redactions/redact-statement.command.ts';
import { redactionInput, type RedactionInput } from '../redactions/redaction.input.ts';
import { ReceiveStatement } from './receive-statement.command.ts';
import { RetractStatement } from './retract-statement.command.ts';
import { receiveBatch } from './statement-batch.ts';
import { statementInputAt } from './statement.input.ts';
import { StatementById } from './statement.query.ts';
import { StatementList, statementFilter, type StatementFilter } from './statement-list.query.ts';

const retraction = z.strictObject({ reason: storableText.pipe(z.string().trim().min(1).max(2_000)) });

@Controller('v1/statements')
export class StatementsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Post()
  @RequireScope('statements:write')
  async receive(
    @Body() body: unknown,
    @RequestCause() cause: Cause,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const now = new Date();
    const input = parseInput(statementInputAt(now), body);
    const received = await this.commands.execute(new ReceiveStatement(input, now.toISOString(), cause));
    void reply.status(received.duplicate ? 200 : 201);
    return received;
  }

  @Post('batch')
  @RequireScope('statements:write')
  async receiveBatch(
    @Body() body: unknown,
    @RequestCause() cause: Cause,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(body instanceof Readable)) {
      throw new InvalidInputError([{ pointer: 'Content-Type', message: 'must be application/x-ndjson' }]);
    }
    const now = () => new Date();
    const receive = (input: ReceiveStatement['input']) =>
      this.commands.execute(new ReceiveStatement(input, now().toISOString(), cause));
    const results = Readable.from(asNdjson(receiveBatch(body, receive, now)));
    results.on('error', (error) => {
      this.logger.warn({ err: error }, 'a batch broke off');
    });
    await reply.status(200).header('content-type', 'application/x-ndjson').send(results);
  }

  @Get(':id')
  @PublicRead()
  async byId(@Param('id', { schema: statementId }) id: string) {
    return this.queries.execute(new StatementById(id));
  }

  @Get()
  @PublicRead()
  async list(@Query({ schema: statementFilter }) filter: StatementFilter) {
    return this.queries.execute(new StatementList(filter));
  }

  @Post(':id/retraction')
  @RequireScope('statements:write')
  async retract(
    @Param('id', { schema: statementId }) id: string,
    @Body({ schema: retraction }) { reason }: z.output<typeof retraction>,
    @RequestCause() cause: Cause,
  ) {
    await this.commands.execute(new RetractStatement(id, reason, cause));
    return this.queries.execute(new StatementById(id));
  }

  /** It cannot be undone, hence the scope. */
  @Post(':id/redaction')
  @RequireScope('admin')
  async redact(
    @Param('id', { schema: statementId }) id: string,
    @Body({ schema: redactionInput }) input: RedactionInput,
    @RequestCause() cause: Cause,
  ) {
    await this.commands.execute(new RedactStatement(id, input, cause));
    return this.queries.execute(new StatementById(id));
  }
}

async function* asNdjson(results: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const result of results) yield `${JSON.stringify(result)}\n`;
}
