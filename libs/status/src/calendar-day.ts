/** Days counted from 1970-01-01, so that ages are differences. */
export type DayOrdinal = number;

const dayMs = 86_400_000;
const quarterMs = 900_000;

export function ordinalOf(day: string): DayOrdinal {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

export function dayOf(ordinal: DayOrdinal): string {
  return kept(days, ordinal, () => new Date(ordinal * dayMs).toISOString().slice(0, 10));
}

const days = new Map<DayOrdinal, string>();

/** The calendar day at the corridor at that instant. */
export function localOrdinal(instant: string, timezone: string): DayOrdinal {
  const ms = Date.parse(instant);
  if (timezone === 'UTC') return Math.floor(ms / dayMs);
  // A local day begins on a quarter of an hour everywhere.
  const quarter = Math.floor(ms / quarterMs);
  return kept(quartersOf(timezone), quarter, () => localOrdinalAt(quarter * quarterMs, timezone));
}

function localOrdinalAt(ms: number, timezone: string): DayOrdinal {
  const parts = formatterOf(timezone).formatToParts(ms);
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

const quarters = new Map<string, Map<number, DayOrdinal>>();

function quartersOf(timezone: string): Map<number, DayOrdinal> {
  return kept(quarters, timezone, () => new Map<number, DayOrdinal>());
}

/** Each claim asks for its day again, and each decision for the name of one; making either costs a hundred look-ups. */
function kept<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= keptMax) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}

const keptMax = 20_000;
