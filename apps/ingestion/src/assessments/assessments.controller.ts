import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { PublicRead, RequireScope } from '#access';
import { corridorId } from '#events';
import { type Cause } from '#ledger';
import { RequestCause } from '../command-handling/request-cause.ts';
import { AssessStatus } from './assess-status.command.ts';
import {
  assessmentInput,
  withdrawalInput,
  type AssessmentInput,
  type WithdrawalInput,
} from './assessment.input.ts';
import {
  AssessmentById,
  assessmentFilter,
  AssessmentList,
  type AssessmentFilter,
} from './assessments.query.ts';
import { WithdrawAssessment } from './withdraw-assessment.command.ts';

const assessmentId = z.uuid();

@Controller('v1')
export class AssessmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('corridors/:corridor/assessments')
  @RequireScope('claims:review')
  async assess(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Body({ schema: assessmentInput }) input: AssessmentInput,
    @RequestCause() cause: Cause,
  ) {
    return this.commands.execute(new AssessStatus(corridor, input, new Date(), cause));
  }

  @Get('corridors/:corridor/assessments')
  @PublicRead()
  async list(
    @Param('corridor', { schema: corridorId }) corridor: string,
    @Query({ schema: assessmentFilter }) filter: AssessmentFilter,
  ) {
    return this.queries.execute(new AssessmentList(corridor, filter));
  }

  @Get('assessments/:id')
  @PublicRead()
  async byId(@Param('id', { schema: assessmentId }) id: string) {
    return this.queries.execute(new AssessmentById(id));
  }

  @Post('assessments/:id/withdrawal')
  @HttpCode(200)
  @RequireScope('claims:review')
  async withdraw(
    @Param('id', { schema: assessmentId }) id: string,
    @Body({ schema: withdrawalInput }) withdrawal: WithdrawalInput,
    @RequestCause() cause: Cause,
  ) {
    return this.commands.execute(new WithdrawAssessment(id, withdrawal, cause));
  }
}
