import { Readable } from 'node:stream';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PublicRead, RequireScope } from '#access';
import { statementId, storableText } from '#events';
import { type Cause } from '#ledger';
import { bodyBytesOf, InvalidInputError, LOGGER, parseInput, type Logger } from '#platform';
import { RequestCause } from '../command-handling/request-cause.ts';
import { RedactStatement } from '../redactions/redact-statement.command.ts';
import { redactionInput, type RedactionInput } from '../redactions/redaction.input.ts';
import { ReceiveStatement } from './receive-statement.command.ts';
import { RetractStatement } from './retract-statement.command.ts';
import { receiveBatch } from './statement-batch.ts';
import { type Arrival } from './statement-coding.ts';
import { CustodyOfStatement } from './custody.query.ts';
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
    @Req() request: FastifyRequest,
    @RequestCause() cause: Cause,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const now = new Date();
    const input = parseInput(statementInputAt(now), body);
    const received = await this.commands.execute(
      new ReceiveStatement(input, now.toISOString(), cause, sentIn(request)),
    );
    void reply.status(received.duplicate ? 200 : 201);
    return received;
  }

  @Post('batch')
  @RequireScope('statements:write')
  async receiveBatch(
    @Body() body: unknown,
    @Req() { ip: remoteAddress }: FastifyRequest,
    @RequestCause() cause: Cause,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(body instanceof Readable)) {
      throw new InvalidInputError([{ pointer: 'Content-Type', message: 'must be application/x-ndjson' }]);
    }
    const now = () => new Date();
    const receive = (input: ReceiveStatement['input'], bytesSha256: string) =>
      this.commands.execute(
        new ReceiveStatement(input, now().toISOString(), cause, {
          sent: { bytesOf: 'line', bytesSha256, remoteAddress },
        }),
      );
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

  /** With the address of the one who sent it, which is not everybody's business. */
  @Get(':id/custody')
  @RequireScope('audit:read')
  async custody(@Param('id', { schema: statementId }) id: string) {
    return this.queries.execute(new CustodyOfStatement(id));
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

/** The route reads JSON alone, so there always are bytes of it. */
function sentIn(request: FastifyRequest): Arrival {
  const bytesSha256 = bodyBytesOf(request)?.sha256 ?? '';
  return { sent: { bytesOf: 'request', bytesSha256, remoteAddress: request.ip } };
}

async function* asNdjson(results: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const result of results) yield `${JSON.stringify(result)}\n`;
}
