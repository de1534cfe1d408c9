import { z } from 'zod';
import { day, type CorridorDefinition } from '#events';
import { InvalidInputError } from '#platform';
import { localDay } from '#status';

/** `validAt`: the day asked about; an instant counts for its day in the corridor's time zone. */
export const validAtInput = z.union(
  [day, z.iso.datetime({ offset: true })],
  'must be a day or an RFC 3339 instant',
);

/**
 * The local day that `validAt` stands for; today without one.
 * @throws InvalidInputError for a day to come, of which nothing can be known, or one before the baseline
 */
export function validDayOf(
  validAt: string | undefined,
  { timezone, baseline }: Pick<CorridorDefinition, 'timezone' | 'baseline'>,
  now: Date,
): string {
  const today = localDay(now, timezone);
  if (validAt === undefined) return today;
  const asked = validAt.includes('T') ? localDay(new Date(validAt), timezone) : validAt;
  if (asked > today) throw invalid(`is after today, which is ${today} at the corridor`);
  if (baseline !== null && asked < baseline.since)
    throw invalid(`is before the corridor's baseline, ${baseline.since}`);
  return asked;
}

function invalid(message: string): InvalidInputError {
  return new InvalidInputError([{ pointer: '/validAt', message }]);
}
