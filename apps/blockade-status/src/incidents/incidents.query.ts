import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { day, flow, passageEffect } from '#events';
import { type Ledger } from '#ledger';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { knownAtInput } from '../known-at.ts';
import { validAtInput, validDayOf } from '../valid-at.ts';
import { impactsOf, incidentsOf, type Incident } from './incident-grouping.ts';
import { laterGroupFirst, type ReportGroup, type GroupPlace, type ToldReport } from './told-report.ts';
import { readToldReports, type ReportFilter } from './told-reports.reader.ts';

const rangeQuery = {
  ...pageQuery,
  /** Inclusive days at the corridor. */
  from: day.optional(),
  to: day.optional(),
  /** What had happened by that day. */
  validAt: validAtInput.optional(),
  knownAt: knownAtInput.optional(),
};

export const incidentFilter = z.strictObject({
  ...rangeQuery,
  flow: flow.optional(),
  effect: passageEffect.optional(),
});
export const impactFilter = z.strictObject({ ...rangeQuery, flow: flow.optional() });
export type IncidentFilter = z.output<typeof incidentFilter>;
export type ImpactFilter = z.output<typeof impactFilter>;

type Groups<Group> = Page<Group> & { readonly asOf: AsOf };

/** What happened on a corridor, each with its reports; the latest day first. */
export class CorridorIncidents extends Query<Groups<Incident>> {
  constructor(
    readonly corridor: string,
    readonly filter: IncidentFilter,
    readonly now: Date,
  ) {
    super();
  }
}

/** What its state did to people, each with its reports; the latest day first. */
export class CorridorImpacts extends Query<Groups<ReportGroup>> {
  constructor(
    readonly corridor: string,
    readonly filter: ImpactFilter,
    readonly now: Date,
  ) {
    super();
  }
}

@QueryHandler(CorridorIncidents)
export class CorridorIncidentsHandler implements IQueryHandler<CorridorIncidents> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ corridor, filter, now }: CorridorIncidents) {
    const { reports, asOf } = await readReports(this.pool, this.ledger, corridor, filter, now, {
      type: 'incident',
      flow: filter.flow ?? null,
      effect: filter.effect ?? null,
    });
    return { ...pageOfGroups(incidentsOf(reports), `incidents ${corridor}`, filter, this.cursors), asOf };
  }
}

@QueryHandler(CorridorImpacts)
export class CorridorImpactsHandler implements IQueryHandler<CorridorImpacts> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ corridor, filter, now }: CorridorImpacts) {
    const { reports, asOf } = await readReports(this.pool, this.ledger, corridor, filter, now, {
      type: 'impact',
      flow: filter.flow ?? null,
      effect: null,
    });
    return { ...pageOfGroups(impactsOf(reports), `impacts ${corridor}`, filter, this.cursors), asOf };
  }
}

async function readReports(
  pool: Pool,
  ledger: Ledger,
  corridor: string,
  { from, to, validAt, knownAt }: ImpactFilter,
  now: Date,
  kind: Pick<ReportFilter, 'type' | 'flow' | 'effect'>,
): Promise<{ readonly reports: readonly ToldReport[]; readonly asOf: AsOf }> {
  const { definition, asOf } = await readDefinedCorridor(pool, ledger, corridor, knownAt);
  const last = validDayOf(validAt, definition, now);
  const reports = await readToldReports(pool, corridor, asOf.position, {
    ...kind,
    from: from ?? null,
    to: to === undefined || to > last ? last : to,
    timezone: definition.timezone,
  });
  return { reports, asOf };
}

function pageOfGroups<Group extends ReportGroup>(
  groups: readonly Group[],
  list: string,
  { limit, cursor }: Pick<ImpactFilter, 'limit' | 'cursor'>,
  cursors: Cursors,
): Page<Group> {
  const last = cursor === undefined ? null : (JSON.parse(cursors.open(list, cursor)) as GroupPlace);
  const left = last === null ? groups : groups.filter((group) => laterGroupFirst(last, group) < 0);
  return pageOf(
    left,
    limit,
    (group) => group,
    ({ day, id }) => cursors.seal(list, JSON.stringify({ day, id })),
  );
}
