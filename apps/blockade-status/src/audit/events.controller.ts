import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type FastifyReply } from 'fastify';
import { type z } from 'zod';
import { RequireScope } from '#access';
import { LOGGER, type Logger } from '#platform';
import { eventsInput, exportInput, positionInput } from './audit.input.ts';
import { AuditEvent, AuditEvents } from './events.queries.ts';
import { AuditExport } from './export.query.ts';
import { ndjsonStream } from './ndjson.stream.ts';

/** The ledger itself, with payloads and salts, for those who may read them. */
@Controller('v1/audit')
@RequireScope('audit:read')
export class AuditEventsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get('events')
  async events(
    @Query({ schema: eventsInput }) range: z.output<typeof eventsInput>,
    @Res() reply: FastifyReply,
  ) {
    await this.send(reply, await this.queries.execute(new AuditEvents(range)));
  }

  @Get('events/:position')
  async event(@Param('position', { schema: positionInput }) position: number) {
    return this.queries.execute(new AuditEvent(position));
  }

  @Get('export')
  async export(
    @Query({ schema: exportInput }) { corridor, from }: z.output<typeof exportInput>,
    @Res() reply: FastifyReply,
  ) {
    const { fileName, lines } = await this.queries.execute(new AuditExport(corridor ?? null, from ?? null));
    void reply.header('content-disposition', `attachment; filename="${fileName}"`);
    await this.send(reply, lines);
  }

  private async send(reply: FastifyReply, lines: AsyncIterable<string>): Promise<void> {
    const stream = ndjsonStream(lines);
    stream.on('error', (error) => {
      this.logger.warn({ err: error }, 'an answer broke off');
    });
    await reply.status(200).header('content-type', 'application/x-ndjson').send(stream);
  }
}
