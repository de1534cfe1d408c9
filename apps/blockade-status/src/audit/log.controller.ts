import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { type z } from 'zod';
import { PublicRead } from '#access';
import { checkpointInput, consistencyInput, positionInput } from './audit.input.ts';
import {
  AuditCheckpoint,
  AuditConsistency,
  AuditKey,
  AuditKeys,
  AuditProof,
  AuditTile,
} from './log.queries.ts';
import { AuditLogState } from './log-state.query.ts';

const plain = 'text/plain; charset=utf-8';
/** What a path of a tile names never changes; a cache that others share may keep it only where reading is public. */
const forGood = 'max-age=31536000, immutable';

/** What anybody may check the log by: it is made of salted hashes. */
@Controller('v1/audit')
@PublicRead()
export class LogController {
  constructor(private readonly queries: QueryBus) {}

  @Get('log')
  async state() {
    return this.queries.execute(new AuditLogState());
  }

  @Get('checkpoint')
  @Header('content-type', plain)
  @Header('cache-control', 'no-cache')
  async checkpoint(@Query({ schema: checkpointInput }) { witnesses }: z.output<typeof checkpointInput>) {
    return this.queries.execute(new AuditCheckpoint(witnesses));
  }

  @Get('proof/:position')
  @Header('content-type', plain)
  async proof(@Param('position', { schema: positionInput }) position: number) {
    return this.queries.execute(new AuditProof(position));
  }

  @Get('consistency')
  async consistency(@Query({ schema: consistencyInput }) { from, to }: z.output<typeof consistencyInput>) {
    return this.queries.execute(new AuditConsistency(from, to));
  }

  @Get('key')
  @Header('content-type', plain)
  async key() {
    return this.queries.execute(new AuditKey());
  }

  @Get('keys')
  @Header('content-type', plain)
  async keys() {
    return this.queries.execute(new AuditKeys());
  }

  @Get('tile/*')
  @Header('content-type', 'application/octet-stream')
  @Header('cache-control', forGood)
  async tile(@Req() request: FastifyRequest) {
    const [path = ''] = request.url.split('?');
    return this.queries.execute(new AuditTile(path.replace(/^.*?\/audit\//, '')));
  }
}
