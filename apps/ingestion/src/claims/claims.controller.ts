import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyReply } from 'fastify';
import { z } from 'zod';
import { PublicRead, RequireScope } from '#access';
import { statementId } from '#events';
import { type Cause } from '#ledger';
import { InvalidInputError } from '#platform';
import { RequestCause } from '../command-handling/request-cause.ts';
import { StatementById } from '../statements/statement.query.ts';
import { AddClaim } from './add-claim.command.ts';
import { claimFilter, ClaimList, type ClaimFilter } from './claim-list.query.ts';
import {
  claimInput,
  readingInput,
  reviewInput,
  type ClaimInput,
  type ReadingInput,
  type ReviewInput,
} from './claim.input.ts';
import { ClaimById } from './claim.query.ts';
import { ReadStatement } from './read-statement.command.ts';
import { ReviewClaim } from './review-claim.command.ts';

const claimId = z.uuid();

@Controller('v1')
export class ClaimsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('claims')
  @PublicRead()
  async list(@Query({ schema: claimFilter }) filter: ClaimFilter) {
    return this.queries.execute(new ClaimList(filter));
  }

  @Get('claims/:id')
  @PublicRead()
  async byId(@Param('id', { schema: claimId }) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const claim = await this.queries.execute(new ClaimById(id));
    void reply.header('etag', etagOf(claim));
    return claim;
  }

  /** `If-Match: "3"` judges revision 3 alone; without it the last word counts. */
  @Post('claims/:id/review')
  @HttpCode(200)
  @RequireScope('claims:review')
  async review(
    @Param('id', { schema: claimId }) id: string,
    @Body({ schema: reviewInput }) review: ReviewInput,
    @Headers('if-match') ifMatch: string | undefined,
    @RequestCause() cause: Cause,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const claim = await this.commands.execute(new ReviewClaim(id, review, revisionIn(ifMatch), cause));
    void reply.header('etag', etagOf(claim));
    return claim;
  }

  @Post('statements/:id/claims')
  @RequireScope('claims:review')
  async add(
    @Param('id', { schema: statementId }) id: string,
    @Body({ schema: claimInput }) input: ClaimInput,
    @RequestCause() cause: Cause,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { claim, isNew } = await this.commands.execute(new AddClaim(id, input, cause));
    void reply.status(isNew ? 201 : 200).header('etag', etagOf(claim));
    return claim;
  }

  @Post('statements/:id/review')
  @HttpCode(200)
  @RequireScope('claims:review')
  async read(
    @Param('id', { schema: statementId }) id: string,
    @Body({ schema: readingInput }) reading: ReadingInput,
    @RequestCause() cause: Cause,
  ) {
    await this.commands.execute(new ReadStatement(id, reading, cause));
    return this.queries.execute(new StatementById(id));
  }
}

function etagOf({ revision }: { readonly revision: number }): string {
  return `"${revision}"`;
}

function revisionIn(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch === '*') return null;
  const revision = /^"(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (revision !== undefined) return Number(revision);
  throw new InvalidInputError([{ pointer: 'If-Match', message: 'must be a revision in quotes, as in "3"' }]);
}
