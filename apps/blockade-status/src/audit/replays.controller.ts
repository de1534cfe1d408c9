import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Pool } from 'pg';
import { z } from 'zod';
import { MissingScopeError, principalOf, RequireScope } from '#access';
import { type Ledger } from '#ledger';
import { CURSORS, pageOf, pageQuery, type Cursors } from '#platform';
import { cancelReplay, listReplays, readReplay, requestReplay } from '#replay';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';

const position = 'must be a ledger position: a whole number from 1 on';
const replayInput = z
  .strictObject({
    toPosition: z.int(position).min(1, position).nullable().default(null),
    switch: z.boolean('must be true or false').default(false),
  })
  .prefault({});
const replayId = z.uuid('must be the id of a replay');
const replayPage = z.strictObject(pageQuery);

const list = 'replays';

/** Replays are work of the deployment, not facts about corridors: they are kept out of the ledger. */
@Controller('v1/audit/replays')
@RequireScope('audit:read')
export class ReplaysController {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Post()
  @HttpCode(202)
  async request(
    @Body({ schema: replayInput }) input: z.output<typeof replayInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const principal = principalOf(request);
    // Who may read the history may not exchange the tables that everyone reads.
    if (input.switch && principal?.scopes.includes('admin') !== true) throw new MissingScopeError('admin');
    const id = await requestReplay(this.pool, this.ledger, { ...input, requestedBy: principal?.id ?? '' });
    void reply.header('location', `/v1/audit/replays/${id}`);
    return readReplay(this.pool, id);
  }

  @Get()
  async list(@Query({ schema: replayPage }) { limit, cursor }: z.output<typeof replayPage>) {
    const before = cursor === undefined ? null : this.cursors.open(list, cursor);
    const rows = await listReplays(this.pool, limit + 1, before);
    return pageOf(
      rows,
      limit,
      ({ number: _, ...replay }) => replay,
      ({ number }) => this.cursors.seal(list, number),
    );
  }

  @Get(':id')
  async byId(@Param('id', { schema: replayId }) id: string) {
    return readReplay(this.pool, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  async cancel(@Param('id', { schema: replayId }) id: string) {
    await cancelReplay(this.pool, id);
    return readReplay(this.pool, id);
  }
}
