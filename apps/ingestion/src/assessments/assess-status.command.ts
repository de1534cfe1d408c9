import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { type Cause, type Ledger } from '#ledger';
import { localDay } from '#status';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { INGESTION_POOL, LEDGER } from '../ingestion.tokens.ts';
import { Registry } from '../registry.ts';
import { assessmentDecider } from './assessment.decider.ts';
import { type AssessmentInput } from './assessment.input.ts';
import { NoSuchCorridorError, UnknownAssessmentError } from './assessment.refusals.ts';
import { assessmentStream, assessmentView, type AssessmentView } from './assessment.view.ts';
import { corridorsOfClaims } from './evidence.reader.ts';

/** A person judges the status of a corridor; it wins until contrary evidence of a later day. */
export class AssessStatus extends Command<AssessmentView> {
  constructor(
    readonly corridor: string,
    readonly input: AssessmentInput,
    readonly now: Date,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(AssessStatus)
export class AssessStatusHandler implements ICommandHandler<AssessStatus> {
  constructor(
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  async execute({ corridor, input, now, cause }: AssessStatus): Promise<AssessmentView> {
    await this.registry.catchUp();
    const definition = this.registry.definitions().get(corridor);
    if (definition === undefined) throw new NoSuchCorridorError(corridor);
    const today = localDay(now, definition.timezone);
    const assessmentId = randomUUID();
    const validFrom = input.validFrom ?? today;
    const { history } = await decideAndAppend(
      this.ledger,
      assessmentDecider,
      assessmentStream(assessmentId),
      {
        kind: 'assess',
        assessment: { ...input, assessmentId, corridor, validFrom },
        baseline: definition.baseline,
        today,
        claims: await corridorsOfClaims(this.pool, this.ledger, input.evidence.claims),
      },
      cause,
      { known: [], validFrom },
    );
    const view = assessmentView(history);
    if (view === null) throw new UnknownAssessmentError(assessmentId);
    return view;
  }
}
