import { type Pool } from 'pg';
import { z } from 'zod';
import { type Ledger } from '#ledger';
import { type FieldFault, InvalidInputError, momentQuery } from '#platform';
import { isCompleteThrough, positionAt } from './as-of.ts';

/** `knownAt`: a ledger position, or an instant that stands for the last position recorded by then. */
export const knownAtInput = z.union(
  [
    z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number),
    momentQuery,
  ],
  'must be a ledger position or an RFC 3339 instant',
);
export type KnownAt = z.output<typeof knownAtInput>;

export class FuturePositionError extends Error {
  readonly code = 'future_position';
  readonly errors: readonly FieldFault[];
  constructor(position: number, head: number) {
    const message = `is beyond the ledger's last position, ${head}`;
    super(`knownAt ${position} ${message}.`);
    this.errors = [{ pointer: '/knownAt', message }];
  }
}

export class ProjectionBehindError extends Error {
  readonly code = 'projection_behind';
  constructor(corridor: string, position: number) {
    super(`What was recorded about "${corridor}" up to ledger position ${position} is still being applied.`);
  }
}

/**
 * The ledger position that `knownAt` stands for.
 * @throws InvalidInputError for an instant to come
 * @throws FuturePositionError for a position that the ledger has not reached
 * @throws ProjectionBehindError while the rows lack an event up to it: the same question would get another answer later
 */
export async function positionOf(
  pool: Pool,
  ledger: Ledger,
  corridor: string,
  knownAt: KnownAt,
): Promise<number> {
  const position = typeof knownAt === 'string' ? await positionAt(pool, knownAt) : knownAt;
  if (position === null) throw new InvalidInputError([{ pointer: '/knownAt', message: 'is in the future' }]);
  const { position: head } = await ledger.head();
  if (position > head) throw new FuturePositionError(position, head);
  if (!(await isCompleteThrough(pool, corridor, position)))
    throw new ProjectionBehindError(corridor, position);
  return position;
}
