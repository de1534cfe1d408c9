import { z } from 'zod';
import { corridorId } from '#events';

/** A whole number in decimal digits, without a sign, that a number holds without loss. */
function whole(min: number, expected: string) {
  return z
    .string(expected)
    .regex(/^(0|[1-9]\d{0,15})$/, expected)
    .transform(Number)
    .refine((number) => Number.isSafeInteger(number) && number >= min, expected);
}

export const positionInput = whole(1, 'must be a ledger position, a whole number from 1 to 2^53 - 1');
const size = whole(0, 'must be a count of events, a whole number from 0 to 2^53 - 1');

export const eventsInput = z.strictObject({
  /** Events after this position. */
  after: size.default(0),
  /** All that there are when not given. */
  limit: whole(1, 'must be a whole number from 1').optional(),
  corridor: corridorId.optional(),
});

export const consistencyInput = z
  .strictObject({ from: size, to: size.optional() })
  .refine(({ from, to }) => to === undefined || from <= to, {
    path: ['from'],
    message: 'must not be beyond "to"',
  });

export const checkpointInput = z.strictObject({
  /** The latest one that has been cosigned by as many witnesses. */
  witnesses: whole(0, 'must be a whole number from 0 to 15')
    .refine((count) => count <= 15, 'must be a whole number from 0 to 15')
    .default(0),
});

export const exportInput = z.strictObject({
  /** The events of one corridor, each with its proof; the whole ledger when not given. */
  corridor: corridorId.optional(),
  /** The size of a checkpoint that the asker trusts: a consistency proof from it goes along. */
  from: size.optional(),
});
