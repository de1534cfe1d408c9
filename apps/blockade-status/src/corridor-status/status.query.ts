import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { flow } from '#events';
import { type Ledger } from '#ledger';
import { explanationOf } from '#status';
import { LEDGER, STATUS_POOL, STATUS_RULES } from '../blockade-status.tokens.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { flag } from '../flag.input.ts';
import { knownAtInput } from '../known-at.ts';
import { validAtInput, validDayOf } from '../valid-at.ts';
import { readStateOn } from './corridor-state.reader.ts';
import { readLatestState } from './latest-state.reader.ts';
import { type StatusRules } from './status-rules.ts';
import { statusView, type StatusView } from './status.view.ts';

export const statusMoment = z.strictObject({
  /** The day asked about; an instant counts for its day in the corridor's time zone. */
  validAt: validAtInput.optional(),
  knownAt: knownAtInput.optional(),
  /** The decision about that flow in place of the headline. */
  flow: flow.optional(),
  /** Also tell how the rules came to it, in words. */
  explain: flag.optional(),
});
export type StatusMoment = z.output<typeof statusMoment>;

export class CorridorStatusOn extends Query<StatusView> {
  constructor(
    readonly corridor: string,
    readonly moment: StatusMoment,
    readonly now: Date,
  ) {
    super();
  }
}

@QueryHandler(CorridorStatusOn)
export class CorridorStatusOnHandler implements IQueryHandler<CorridorStatusOn> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(STATUS_RULES) private readonly rules: StatusRules,
  ) {}

  async execute(query: CorridorStatusOn): Promise<StatusView> {
    return (await this.latest(query)) ?? this.asOf(query);
  }

  /** What most ask for stands ready in one row; null when something else is asked. */
  private async latest({ corridor, moment, now }: CorridorStatusOn): Promise<StatusView | null> {
    if (moment.knownAt !== undefined || moment.flow !== undefined || moment.explain === true) return null;
    const latest = await readLatestState(this.pool, corridor);
    if (latest === null) return null;
    const { definition, state, holdsFrom, rule, asOf } = latest;
    const validAt = validDayOf(moment.validAt, definition, now);
    if (holdsFrom !== null && validAt < holdsFrom) return null;
    return statusView({ corridor, name: definition.name, validAt, asOf }, state, rule);
  }

  private async asOf({ corridor, moment, now }: CorridorStatusOn): Promise<StatusView> {
    const { definition, asOf } = await readDefinedCorridor(this.pool, this.ledger, corridor, moment.knownAt);
    const validAt = validDayOf(moment.validAt, definition, now);
    const then = { corridor, definition, position: asOf.position };
    const of = moment.flow ?? null;
    const { state, settings } = await readStateOn(this.pool, then, validAt, of, this.rules);
    const { version } = settings.rules;
    const view = statusView({ corridor, name: definition.name, validAt, asOf }, state, version);
    return moment.explain === true
      ? { ...view, explanation: explanationOf(state, validAt, settings, of) }
      : view;
  }
}
