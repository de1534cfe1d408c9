import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { currentAsOf, type AsOf } from '../as-of.ts';
import { STATUS_POOL } from '../blockade-status.tokens.ts';
import { readCorridors } from '../corridor-status/corridor-rows.ts';
import { UnknownCorridorError } from '../corridors/corridor.refusals.ts';
import { type RecordedDecision } from './status-change-rows.ts';

export const changesPage = z.strictObject(pageQuery);
export const changesSince = z.strictObject({ limit: pageQuery.limit, since: pageQuery.cursor });

type DecisionKind = 'changed' | 'corrected';

export type StatusChangeItem = RecordedDecision['payload'] & {
  /** The current status is another one, or days that had been decided were otherwise. */
  readonly type: DecisionKind;
  readonly position: number;
  readonly recordedAt: string;
};

export type StatusChangesPage = Page<StatusChangeItem> & {
  /** Asks for what comes after this page, now or later. */
  readonly since: string;
  readonly asOf: AsOf;
};

/** Recorded decisions, oldest first; of every corridor when `corridor` is null. */
export class StatusChanges extends Query<StatusChangesPage> {
  constructor(
    readonly corridor: string | null,
    readonly limit: number,
    readonly cursor: string | undefined,
  ) {
    super();
  }
}

interface Row {
  readonly position: string;
  readonly recorded_at: string;
  readonly type: RecordedDecision['type'];
  readonly change: RecordedDecision['payload'];
}

const kinds: Readonly<Record<RecordedDecision['type'], DecisionKind>> = {
  CorridorStatusChanged: 'changed',
  CorridorStatusCorrected: 'corrected',
};

@QueryHandler(StatusChanges)
export class StatusChangesHandler implements IQueryHandler<StatusChanges> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ corridor, limit, cursor }: StatusChanges): Promise<StatusChangesPage> {
    if (corridor !== null && (await readCorridors(this.pool, [corridor])).size === 0) {
      throw new UnknownCorridorError(corridor);
    }
    const list = `changes ${corridor ?? ''}`;
    const after = cursor === undefined ? '0' : this.cursors.open(list, cursor);
    const { rows } = await this.pool.query<Row>(
      `SELECT position, recorded_at, type, change FROM blockade_status.status_change
       WHERE position > $1 AND ($2::text IS NULL OR corridor = $2) ORDER BY position LIMIT $3`,
      [after, corridor, limit + 1],
    );
    const page = pageOf(
      rows,
      limit,
      (row): StatusChangeItem => ({
        ...row.change,
        type: kinds[row.type],
        position: Number(row.position),
        recordedAt: row.recorded_at,
      }),
      ({ position }) => this.cursors.seal(list, position),
    );
    const last = page.items.at(-1)?.position.toString() ?? after;
    return { ...page, since: this.cursors.seal(list, last), asOf: await currentAsOf(this.pool, corridor) };
  }
}
