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
  if (asked > today) throw invalid('/validAt', afterToday(today));
  if (baseline !== null && asked < baseline.since)
    throw invalid('/validAt', `is before the corridor's baseline, ${baseline.since}`);
  return asked;
}

/**
 * The last day of a range that ends with `to`; today without one.
 * @throws InvalidInputError for a day to come
 */
export function lastDayOf(
  to: string | undefined,
  { timezone }: Pick<CorridorDefinition, 'timezone'>,
  now: Date,
): string {
  const today = localDay(now, timezone);
  if (to !== undefined && to > today) throw invalid('/to', afterToday(today));
  return to ?? today;
}

function afterToday(today: string): string {
  return `is after today, which is ${today} at the corridor`;
}

function invalid(pointer: string, message: string): InvalidInputError {
  return new InvalidInputError([{ pointer, message }]);
}
