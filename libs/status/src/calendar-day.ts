/** Days counted from 1970-01-01, so that ages are differences. */
export type DayOrdinal = number;

const dayMs = 86_400_000;

export function ordinalOf(day: string): DayOrdinal {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

export function dayOf(ordinal: DayOrdinal): string {
  return new Date(ordinal * dayMs).toISOString().slice(0, 10);
}

/** The calendar day at the corridor at that instant. */
export function localOrdinal(instant: string, timezone: string): DayOrdinal {
  if (timezone === 'UTC') return Math.floor(Date.parse(instant) / dayMs);
  const parts = formatterOf(timezone).formatToParts(Date.parse(instant));
  const number = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return Math.floor(Date.UTC(number('year'), number('month') - 1, number('day')) / dayMs);
}

/** The calendar day there at that moment. */
export function localDay(now: Date, timezone: string): string {
  return dayOf(localOrdinal(now.toISOString(), timezone));
}

// Making a formatter costs as much as a hundred uses of it. The zones are those of the corridors, so few.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  formatters.set(timezone, made);
  return made;
}
