import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { INGESTION_POOL } from '../ingestion.tokens.ts';
import { UnknownSourceError } from './source.decider.ts';
import { sourceRows, sourceView, type SourceRow, type SourceView } from './source.view.ts';

export const sourceFilter = z.strictObject(pageQuery);
export type SourceFilter = z.output<typeof sourceFilter>;

export class SourceList extends Query<Page<SourceView>> {
  constructor(readonly filter: SourceFilter) {
    super();
  }
}

export class SourceById extends Query<SourceView> {
  constructor(readonly source: string) {
    super();
  }
}

const list = 'sources';

@QueryHandler(SourceList)
export class SourceListHandler implements IQueryHandler<SourceList> {
  constructor(
    @Inject(INGESTION_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ filter: { cursor, limit } }: SourceList): Promise<Page<SourceView>> {
    const after = cursor === undefined ? null : this.cursors.open(list, cursor);
    const { rows } = await this.pool.query<SourceRow>(
      `${sourceRows} WHERE $1::uuid IS NULL OR s.source > $1 ORDER BY s.source LIMIT $2`,
      [after, limit + 1],
    );
    return pageOf(rows, limit, sourceView, ({ source }) => this.cursors.seal(list, source));
  }
}

@QueryHandler(SourceById)
export class SourceByIdHandler implements IQueryHandler<SourceById> {
  constructor(@Inject(INGESTION_POOL) private readonly pool: Pool) {}

  async execute({ source }: SourceById): Promise<SourceView> {
    const { rows } = await this.pool.query<SourceRow>(`${sourceRows} WHERE s.source = $1`, [source]);
    const [row] = rows;
    if (row === undefined) throw new UnknownSourceError(source);
    return sourceView(row);
  }
}
