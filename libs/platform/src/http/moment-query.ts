import { z } from 'zod';

/**
 * A query parameter that is a day (midnight UTC) or an instant, as RFC 3339 in UTC with the digits of the second
 * that were given: a `Date` would round what another answer said to the microsecond.
 */
export const momentQuery = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be a day or an RFC 3339 instant')
  .refine(
    // Postgres knows no year 0, and an offset can reach beyond either end of the calendar.
    (text) => /^(?!0000)\d{4}-/.test(new Date(text).toISOString()),
    'must be within the years 1 to 9999',
  )
  .transform((text) => {
    const beyondMs = /\.\d{3}(\d+)/.exec(text)?.[1] ?? '';
    return new Date(text).toISOString().replace('Z', `${beyondMs.slice(0, 3)}Z`);
  });
