import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { type Ledger } from '#ledger';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { INGESTION_POOL, LEDGER } from '../ingestion.tokens.ts';
import { Registry } from '../registry.ts';
import { NoSuchCorridorError, UnknownAssessmentError } from './assessment.refusals.ts';
import { assessmentStream, assessmentView, type AssessmentView } from './assessment.view.ts';

export const assessmentFilter = z.strictObject({
  ...pageQuery,
  state: z.enum(['standing', 'withdrawn'], 'must be "standing" or "withdrawn"').optional(),
});
export type AssessmentFilter = z.output<typeof assessmentFilter>;

/** The assessments of a corridor, the latest recorded first. */
export class AssessmentList extends Query<Page<AssessmentView>> {
  constructor(
    readonly corridor: string,
    readonly filter: AssessmentFilter,
  ) {
    super();
  }
}

export class AssessmentById extends Query<AssessmentView> {
  constructor(readonly assessmentId: string) {
    super();
  }
}

interface Row {
  readonly assessment_id: string;
  readonly position: string;
}

const list = 'assessments';

/** Read at once for a page. */
const streamsMax = 20;

@QueryHandler(AssessmentList)
export class AssessmentListHandler implements IQueryHandler<AssessmentList> {
  constructor(
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Registry) private readonly registry: Registry,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ corridor, filter }: AssessmentList): Promise<Page<AssessmentView>> {
    const { cursor, limit, state } = filter;
    const before = cursor === undefined ? null : this.cursors.open(list, cursor);
    await this.registry.catchUp();
    if (!this.registry.isRegistered(corridor)) throw new NoSuchCorridorError(corridor);
    const { rows } = await this.pool.query<Row>(
      `SELECT assessment_id, position FROM ingestion.assessment
       WHERE corridor = $1 AND ($2::text IS NULL OR state = $2) AND ($3::bigint IS NULL OR position < $3)
       ORDER BY position DESC LIMIT $4`,
      [corridor, state ?? null, before, limit + 1],
    );
    const { items, next } = pageOf(
      rows,
      limit,
      (row) => row.assessment_id,
      (row) => this.cursors.seal(list, row.position),
    );
    const views = await this.inTheirWords(items);
    // One that was withdrawn since the rows were written is left out.
    return { items: views.filter((view) => state === undefined || view.state === state), next };
  }

  private async inTheirWords(assessmentIds: readonly string[]): Promise<readonly AssessmentView[]> {
    const views: AssessmentView[] = [];
    for (let start = 0; start < assessmentIds.length; start += streamsMax) {
      const some = assessmentIds.slice(start, start + streamsMax);
      const streams = await Promise.all(some.map((id) => this.ledger.readStream(assessmentStream(id))));
      views.push(...streams.flatMap((stream) => assessmentView(stream) ?? []));
    }
    return views;
  }
}

/** Reads the assessment's own stream, so it shows what was recorded a moment ago. */
@QueryHandler(AssessmentById)
export class AssessmentByIdHandler implements IQueryHandler<AssessmentById> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ assessmentId }: AssessmentById): Promise<AssessmentView> {
    const view = assessmentView(await this.ledger.readStream(assessmentStream(assessmentId)));
    if (view === null) throw new UnknownAssessmentError(assessmentId);
    return view;
  }
}
