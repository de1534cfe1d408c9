import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { derivedStatus, storableText, type CorridorDefinition } from '#events';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { type DerivedState } from '#status';
import { currentAsOf, type AsOf } from '../as-of.ts';
import { STATUS_POOL } from '../blockade-status.tokens.ts';
import { stateView, type StateView } from '../corridor-status/status.view.ts';
import { flag } from '../flag.input.ts';
import { type BoundingBox, boundingBoxInput, intersects } from './bounding-box.ts';
import { UnknownCorridorError } from './corridor.refusals.ts';

export const corridorFilter = z.strictObject({
  ...pageQuery,
  status: derivedStatus.optional(),
  disputed: flag.optional(),
  /** Whether it has been silent for longer than the freshness limit. */
  stale: flag.optional(),
  /** The name of a party to the conflict, as the definition has it, in any case. */
  party: storableText.pipe(z.string().min(1).max(200)).optional(),
  /** Corridors of which any part lies in the box; those without a geometry lie in none. */
  bbox: boundingBoxInput.optional(),
});
export type CorridorFilter = z.output<typeof corridorFilter>;

export interface CorridorItem extends StateView {
  readonly id: string;
  readonly name: string;
}

export interface CorridorView extends CorridorItem, CorridorDefinition {
  readonly name: string;
  readonly asOf: AsOf;
}

export class CorridorList extends Query<Page<CorridorItem> & { readonly asOf: AsOf }> {
  constructor(readonly filter: CorridorFilter) {
    super();
  }
}

export class CorridorById extends Query<CorridorView> {
  constructor(readonly corridor: string) {
    super();
  }
}

interface Row {
  readonly corridor: string;
  readonly definition: CorridorDefinition;
  readonly state: DerivedState;
}

const list = 'corridors';

@QueryHandler(CorridorList)
export class CorridorListHandler implements IQueryHandler<CorridorList> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ filter }: CorridorList) {
    const after = filter.cursor === undefined ? '' : this.cursors.open(list, filter.cursor);
    const inBox = filter.bbox === undefined ? null : await corridorsIn(this.pool, filter.bbox);
    const { rows } = await this.pool.query<Row>(
      `SELECT corridor, definition, state FROM blockade_status.corridor
       WHERE corridor > $1
         AND ($2::text IS NULL OR status = $2)
         AND ($3::boolean IS NULL OR disputed = $3)
         AND ($4::boolean IS NULL OR stale = $4)
         AND ($5::text IS NULL OR EXISTS (
           SELECT 1 FROM json_array_elements_text(definition -> 'parties') AS party WHERE lower(party) = lower($5)))
         AND ($6::text[] IS NULL OR corridor = ANY ($6))
       ORDER BY corridor LIMIT $7`,
      [
        after,
        filter.status ?? null,
        filter.disputed ?? null,
        filter.stale ?? null,
        filter.party ?? null,
        inBox,
        filter.limit + 1,
      ],
    );
    const page = pageOf(rows, filter.limit, itemOf, ({ corridor }) => this.cursors.seal(list, corridor));
    return { ...page, asOf: await currentAsOf(this.pool, null) };
  }
}

@QueryHandler(CorridorById)
export class CorridorByIdHandler implements IQueryHandler<CorridorById> {
  constructor(@Inject(STATUS_POOL) private readonly pool: Pool) {}

  async execute({ corridor }: CorridorById): Promise<CorridorView> {
    const { rows } = await this.pool.query<Row>(
      'SELECT corridor, definition, state FROM blockade_status.corridor WHERE corridor = $1',
      [corridor],
    );
    const row = rows[0];
    if (row === undefined) throw new UnknownCorridorError(corridor);
    return { ...row.definition, ...itemOf(row), asOf: await currentAsOf(this.pool, corridor) };
  }
}

/** Corridors are few, so their lines are held against the box here, by a function that can be tested alone. */
async function corridorsIn(pool: Pool, box: BoundingBox): Promise<readonly string[]> {
  const { rows } = await pool.query<{
    corridor: string;
    geometry: NonNullable<CorridorDefinition['geometry']>;
  }>(
    `SELECT corridor, definition -> 'geometry' AS geometry FROM blockade_status.corridor
     WHERE definition ->> 'geometry' IS NOT NULL`,
  );
  return rows.filter(({ geometry }) => intersects(geometry, box)).map(({ corridor }) => corridor);
}

function itemOf({ corridor, definition, state }: Row): CorridorItem {
  return { id: corridor, name: definition.name, ...stateView(state) };
}
