/** A day that the sentence names. */
export interface NamedDay {
  readonly day: string;
  /** Places in the masked text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** "since", "from" and the like lead to it. */
  readonly isBeginning: boolean;
  /** "until" and the like lead to it. */
  readonly isEnd: boolean;
}

const dayMs = 86_400_000;
const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const weekdayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const month = `(${monthNames.map((name) => (name === 'may' ? name : `${name}|${name.slice(0, 3)}\\.?`)).join('|')}|sept\\.?)`;
const number = '(\\d{1,2})(?:st|nd|rd|th)?';
const year = '(?:,? {1,2}(?:of )?(\\d{4}))?';
const patterns = {
  monthDay: new RegExp(`\\b${month} ?${number}\\b(?!:)${year}`, 'g'),
  dayMonth: new RegExp(`\\b(?:the )?${number} (?:of )?${month}(?![a-z])${year}`, 'g'),
  iso: /\b(\d{4})-(\d{2})-(\d{2})\b/g,
  weekday: new RegExp(`\\b(?:(last|this|next|past) )?(${weekdayNames.join('|')})\\b`, 'g'),
  relative:
    /\b(today|yesterday|tonight|this morning|this afternoon|this evening|last night|earlier in the day|the day before yesterday|tomorrow)\b/g,
};

const beginnings = /\b(?:since|from|starting|beginning|as of|between|effective)(?: on| about| the)*\s*$/;
const endings = /\b(?:until|till|through|by|to|declaration of|agreement of|statement of)(?: the)?\s*$/;

const relativeDays: Readonly<Record<string, number>> = {
  today: 0,
  tonight: 0,
  'this morning': 0,
  'this afternoon': 0,
  'this evening': 0,
  'earlier in the day': 0,
  yesterday: -1,
  'last night': -1,
  'the day before yesterday': -2,
  tomorrow: 1,
};

/** Days in text order. A weekday is the latest one, the day of publication included; a day without a year likewise. */
export function findDays(text: string, publishedAt: string, isFuture = false): readonly NamedDay[] {
  const published = Math.floor(Date.parse(publishedAt.slice(0, 10)) / dayMs);
  const days: NamedDay[] = [];
  const add = (match: RegExpExecArray, ordinal: number | null) => {
    const [start, end] = [match.index, match.index + match[0].length];
    if (ordinal === null || days.some((other) => start < other.end && other.start < end)) return;
    const lead = text.slice(Math.max(0, start - 30), start);
    const [isBeginning, isEnd] = [beginnings.test(lead), endings.test(lead)];
    days.push({ day: new Date(ordinal * dayMs).toISOString().slice(0, 10), start, end, isBeginning, isEnd });
  };
  for (const match of text.matchAll(patterns.iso))
    add(match, ordinalOf(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  for (const match of text.matchAll(patterns.monthDay))
    add(match, dated(match[1], match[2], match[3], published, isFuture));
  for (const match of text.matchAll(patterns.dayMonth))
    add(match, dated(match[2], match[1], match[3], published, isFuture));
  for (const match of text.matchAll(patterns.weekday)) add(match, weekday(match, published, isFuture));
  for (const match of text.matchAll(patterns.relative))
    add(match, published + (relativeDays[match[1] ?? ''] ?? 0));
  return days.sort((a, b) => a.start - b.start);
}

function weekday(match: RegExpExecArray, published: number, isFuture: boolean): number {
  // 1970-01-01 was a Thursday.
  const today = (published + 4) % 7;
  const back = (today - weekdayNames.indexOf(match[2] ?? '') + 7) % 7;
  if (match[1] === 'next' || (isFuture && match[1] !== 'last')) return published + ((7 - back) % 7 || 7);
  return match[1] === 'last' && back === 0 ? published - 7 : published - back;
}

function dated(name = '', day = '', writtenYear: string | undefined, published: number, isFuture: boolean) {
  const at = monthNames.findIndex((full) => full.startsWith(name.replace('.', '').slice(0, 3)));
  if (writtenYear !== undefined) return ordinalOf(Number(writtenYear), at, Number(day));
  const thisYear = new Date(published * dayMs).getUTCFullYear();
  const inYears = [thisYear - 1, thisYear, thisYear + 1].flatMap(
    (each) => ordinalOf(each, at, Number(day)) ?? [],
  );
  return (
    (isFuture ? inYears.find((each) => each >= published) : inYears.findLast((each) => each <= published)) ??
    null
  );
}

/** Null for a day that the calendar does not have. */
function ordinalOf(fullYear: number, monthIndex: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(fullYear, monthIndex, day);
  return date.getUTCMonth() === monthIndex && date.getUTCDate() === day
    ? Math.floor(date.getTime() / dayMs)
    : null;
}
