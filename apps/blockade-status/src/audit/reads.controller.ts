import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Query as Question, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { RequireScope } from '#access';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { LogReader, readAuditReads, type AuditReadRow } from '#transparency';

export const readsInput = z.strictObject(pageQuery);
type ReadView = Omit<AuditReadRow, 'id'>;

export class AuditReadsPage extends Question<Page<ReadView>> {
  constructor(
    readonly limit: number,
    readonly cursor: string | undefined,
  ) {
    super();
  }
}

const list = 'audit reads';

@QueryHandler(AuditReadsPage)
export class AuditReadsPageHandler implements IQueryHandler<AuditReadsPage> {
  constructor(
    @Inject(LogReader) private readonly log: LogReader,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ limit, cursor }: AuditReadsPage): Promise<Page<ReadView>> {
    const before = cursor === undefined ? null : Number(this.cursors.open(list, cursor));
    const rows = await readAuditReads(this.log.pool, before, limit + 1);
    return pageOf(
      rows,
      limit,
      ({ id: _id, ...view }) => view,
      ({ id }) => this.cursors.seal(list, String(id)),
    );
  }
}

/** Who read what of the audit routes, the newest first. */
@Controller('v1/audit/reads')
@RequireScope('admin')
export class AuditReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async page(@Query({ schema: readsInput }) { limit, cursor }: z.output<typeof readsInput>) {
    return this.queries.execute(new AuditReadsPage(limit, cursor));
  }
}
