const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of Greenwich: those of RFC 822, and those that publishers write all the same. */
const zones: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

const rfc3339 =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]{1,3}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?\s{0,3}(\S{0,10})$/i;
const rfc822 =
  /^(?:[a-z]{2,12}\.?,?\s{1,3})?(\d{1,2})(?:\s{1,3}|-)([a-z]{3,9})\.?,?(?:\s{1,3}|-)(\d{4}|\d{2})(?:,?\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s{0,3}(\S{0,10})$/i;
const monthFirst =
  /^(?:[a-z]{2,12}\.?,?\s{1,3})?([a-z]{3,9})\.?\s{1,3}(\d{1,2}),?\s{1,3}(\d{4})(?:,?\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s{0,3}(\S{0,10})$/i;

/**
 * A date as feeds write it: RFC 3339, RFC 822, and the common slips of both (no weekday or a wrong one, a full month's
 * name, no zone, which then is UTC). Null where it cannot be told, or is before 1900.
 */
export function feedDate(text: string | null): string | null {
  const trimmed = text?.trim().slice(0, 100) ?? '';
  const iso = rfc3339.exec(trimmed);
  if (iso !== null) {
    const [, year, month, day, ...time] = iso;
    return instantOf(Number(year), Number(month), Number(day), time);
  }
  const mail = rfc822.exec(trimmed);
  if (mail !== null) {
    const [, day, month = '', year = '', ...time] = mail;
    return instantOf(fullYear(year), monthOf(month), Number(day), time);
  }
  const american = monthFirst.exec(trimmed);
  if (american === null) return null;
  const [, month = '', day, year, ...time] = american;
  return instantOf(Number(year), monthOf(month), Number(day), time);
}

function monthOf(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function fullYear(text: string): number {
  const year = Number(text);
  // RFC 2822: two digits from 50 on are of the last century.
  return text.length === 2 ? year + (year < 50 ? 2_000 : 1_900) : year;
}

function instantOf(
  year: number,
  month: number,
  day: number,
  [hour = '0', minute = '0', second = '0', zone = '']: readonly (string | undefined)[],
): string | null {
  const offset = offsetMinutes(zone);
  if (year < 1_900 || month < 1 || month > 12 || offset === null) return null;
  // A leap second is the last one of its minute.
  const ms = Date.UTC(year, month - 1, day, Number(hour), Number(minute), Math.min(59, Number(second)));
  const date = new Date(ms);
  const inRange = Number(hour) <= 24 && Number(minute) <= 59;
  if (!inRange || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return null;
  return new Date(date.getTime() - offset * 60_000).toISOString();
}

function offsetMinutes(zone: string): number | null {
  if (zone === '') return 0;
  const numeric = /^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(zone);
  if (numeric !== null) {
    const [, sign, hours, minutes = '0'] = numeric;
    const size = Number(hours) * 60 + Number(minutes);
    return size > 18 * 60 ? null : sign === '-' ? -size : size;
  }
  return zones[zone.replaceAll(/[().]/g, '').toLowerCase()] ?? null;
}
