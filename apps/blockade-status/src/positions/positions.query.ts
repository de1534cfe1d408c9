import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { type Ledger } from '#ledger';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { type AsOf } from '../as-of.ts';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { readShownClaims } from '../claims/shown-claims.reader.ts';
import { readDefinedCorridor } from '../corridors/known-corridor.reader.ts';
import { knownAtInput } from '../known-at.ts';
import { validAtInput, validDayOf } from '../valid-at.ts';
import { positionsOf, type SpeakerPosition } from './speaker-position.ts';
import { readHeardSpeakers, readLatestWords } from './speaker-rows.ts';

export const positionsMoment = z.strictObject({
  ...pageQuery,
  /** What they had said by that day; today without one. */
  validAt: validAtInput.optional(),
  knownAt: knownAtInput.optional(),
});
export type PositionsMoment = z.output<typeof positionsMoment>;

export type PositionsPage = Page<SpeakerPosition> & { readonly validAt: string; readonly asOf: AsOf };

/** Who says what about a corridor: one item a speaker, by name. */
export class CorridorPositions extends Query<PositionsPage> {
  constructor(
    readonly corridor: string,
    readonly moment: PositionsMoment,
    readonly now: Date,
  ) {
    super();
  }
}

@QueryHandler(CorridorPositions)
export class CorridorPositionsHandler implements IQueryHandler<CorridorPositions> {
  constructor(
    @Inject(STATUS_POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ corridor, moment, now }: CorridorPositions): Promise<PositionsPage> {
    const { pool } = this;
    const { definition, asOf } = await readDefinedCorridor(pool, this.ledger, corridor, moment.knownAt);
    const { timezone } = definition;
    const validAt = validDayOf(moment.validAt, definition, now);
    const hearing = { corridor, knownAt: asOf.position, validDay: validAt, timezone };
    const list = `positions ${corridor}`;
    const after = moment.cursor === undefined ? '' : this.cursors.open(list, moment.cursor);
    const page = pageOf(
      await readHeardSpeakers(pool, hearing, after, moment.limit + 1),
      moment.limit,
      (heard) => heard,
      ({ speaker }) => this.cursors.seal(list, speaker),
    );
    const words = await readLatestWords(
      pool,
      hearing,
      page.items.map(({ speaker }) => speaker),
    );
    const ids = words.map(({ claimId }) => claimId);
    const shown = await readShownClaims(pool, corridor, asOf.position, ids);
    return { items: positionsOf(page.items, words, shown, definition), next: page.next, validAt, asOf };
  }
}
