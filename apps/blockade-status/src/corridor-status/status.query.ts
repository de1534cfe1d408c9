import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { type Pool } from 'pg';
import { z } from 'zod';
import { day } from '#events';
import { type Ledger } from '#ledger';
import { stateOn } from '#status';
import { LEDGER, STATUS_POOL } from '../blockade-status.tokens.ts';
import { knownAtInput } from '../known-at.ts';
import { localDay } from './calendar.ts';
import { readBook } from './corridor-book.reader.ts';
import { statusView, type StatusView } from './status.view.ts';

export const statusMoment = z.strictObject({
  /** The day asked about; an instant counts for its day in the corridor's time zone. */
  validAt: z
    .union([day, z.iso.datetime({ offset: true })], 'must be a day or an RFC 3339 instant')
    .optional(),
  knownAt: knownAtInput.optional(),
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
  ) {}

  async execute({ corridor, moment, now }: CorridorStatusOn): Promise<StatusView> {
    const { definition, book, asOf } = await readBook(this.pool, this.ledger, corridor, moment.knownAt);
    const validAt = dayOf(moment.validAt, definition.timezone) ?? localDay(now, definition.timezone);
    return statusView(corridor, definition.name, stateOn(book, validAt), validAt, asOf);
  }
}

function dayOf(validAt: string | undefined, timezone: string): string | undefined {
  return validAt?.includes('T') === true ? localDay(new Date(validAt), timezone) : validAt;
}
