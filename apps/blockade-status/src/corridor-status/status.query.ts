import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { flow } from '#events';
import { type Ledger } from '#ledger';
import { explanationOf } from '#status';
import { readCoveringCheckpoint, type CoveringCheckpoint } from '../audit/covering-checkpoint.ts';
import { LEDGER, STATUS_POOL, STATUS_RULES } from '../blockade-status.tokens.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { flag } from '../flag.input.ts';
import { knownAtInput } from '../known-at.ts';
import { validAtInput, validDayOf } from '../valid-at.ts';
import { readStateOn } from './corridor-state.reader.ts';
import { LatestStates, type LatestRead, type LatestState } from './latest-state.reader.ts';
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

/** Answers a `StatusView` as JSON, since most answers were written before. */
export class CorridorStatusOn extends Query<string> {
  constructor(
    readonly corridor: string,
    readonly moment: StatusMoment,
    readonly now: Date,
  ) {
    super();
  }
}

/** What was last answered from a state. */
interface WrittenAnswer {
  readonly validAt: string;
  readonly position: number;
  readonly checkpoint: CoveringCheckpoint | null;
  readonly json: string;
}

@QueryHandler(CorridorStatusOn)
export class CorridorStatusOnHandler implements IQueryHandler<CorridorStatusOn> {
  private readonly latestStates: LatestStates;
  private readonly written = new WeakMap<LatestState, WrittenAnswer>();

  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(STATUS_RULES) private readonly rules: StatusRules,
  ) {
    this.latestStates = new LatestStates(pool);
  }

  async execute(query: CorridorStatusOn): Promise<string> {
    return (await this.latest(query)) ?? JSON.stringify(await this.asOf(query));
  }

  /** What most ask for stands ready in one row; null when something else is asked. */
  private async latest({ corridor, moment, now }: CorridorStatusOn): Promise<string | null> {
    if (moment.knownAt !== undefined || moment.flow !== undefined || moment.explain === true) return null;
    const read = await this.latestStates.read(corridor);
    if (read === null) return null;
    const { latest } = read;
    const validAt = validDayOf(moment.validAt, latest.definition, now);
    if (latest.holdsFrom !== null && validAt < latest.holdsFrom) return null;
    return this.answerOf(corridor, read, validAt);
  }

  /** Written again only when the state, the day, the position or its checkpoint is another one than last time. */
  private answerOf(corridor: string, { latest, asOf, checkpoint }: LatestRead, validAt: string): string {
    const before = this.written.get(latest);
    const { position } = asOf;
    if (
      before?.validAt === validAt &&
      before.position === position &&
      before.checkpoint?.size === checkpoint?.size
    )
      return before.json;
    const { definition, state, rule } = latest;
    const of = { corridor, name: definition.name, validAt, asOf, checkpoint };
    const json = JSON.stringify(statusView(of, state, rule));
    this.written.set(latest, { validAt, position, checkpoint, json });
    return json;
  }

  private async asOf({ corridor, moment, now }: CorridorStatusOn): Promise<StatusView> {
    const { definition, asOf } = await readDefinedCorridor(this.pool, this.ledger, corridor, moment.knownAt);
    const validAt = validDayOf(moment.validAt, definition, now);
    const then = { corridor, definition, position: asOf.position };
    const of = moment.flow ?? null;
    const [{ state, settings }, checkpoint] = await Promise.all([
      readStateOn(this.pool, then, validAt, of, this.rules),
      readCoveringCheckpoint(this.pool, asOf.position),
    ]);
    const { version } = settings.rules;
    const view = statusView({ corridor, name: definition.name, validAt, asOf, checkpoint }, state, version);
    return moment.explain === true
      ? { ...view, explanation: explanationOf(state, validAt, settings, of) }
      : view;
  }
}
