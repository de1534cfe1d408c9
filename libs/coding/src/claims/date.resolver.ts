import { everyMatch } from '../text/every-match.ts';

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
  /** It names something else: "the attack of 7 October". */
  readonly isLabel: boolean;
  /** Where a clause begins that leads from "since" to it: "since the war broke out on Monday"; else null. */
  readonly sinceAt: number | null;
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
/** Of several days the first counts: "12-19 December", "12 and 13 December". */
const range = '(?:(?: ?[-—] ?| and | to | through )\\d{1,2}(?:st|nd|rd|th)?)?';
const patterns = {
  monthDay: new RegExp(`\\b${month} ?${number}\\b(?!:|,\\d{3})${range}${year}`, 'g'),
  dayMonth: new RegExp(`\\b(?:the )?${number}${range} (?:of )?${month}(?![a-z])${year}`, 'g'),
  dotted: /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g,
  ago: /\b(one|a|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) days? ago\b/g,
  iso: /\b(\d{4})-(\d{2})-(\d{2})\b/g,
  weekday: new RegExp(`\\b(?:(last|this|next|past) )?(${weekdayNames.join('|')})\\b`, 'g'),
  relative:
    /\b(today|yesterday|tonight|overnight|this morning|this afternoon|this evening|last night|earlier in the day|the day before yesterday|tomorrow)\b/g,
};

/** "By early February 18 evacuations", "in May 12 ships": what follows such a month is a count. */
const monthAlone = /\b(?:in|early|late|mid|during)[ -]$/;
/** In a note of what is new a day that the calendar had longer ago than this, in days, is the one to come. */
const pastMax = 335;

const beginnings = /\b(?:since|from|starting|beginning|as of|between|effective)(?: on| about| the)*\s*$/;
/** After these a day names what they mean, before these likewise: "the agreement of", "the 9 November statement". */
const labelled =
  'attacks?|war|agreement|declaration|statement|resolution|deal|ceasefire|cease-fire|truce|massacre|outbreak|invasion|' +
  'protocol|communique|ruling|order|decision|events?|elections?|earthquake|coup|offensive|hostilities|memorandum|accord|summit|referendum|week';
const labelBefore = new RegExp(`\\b(?:${labelled})(?: of| from| in|,)?(?: the)? $`);
const labelAfter = new RegExp(`^(?:,? \\d{4})?,? (?:[\\w-]+ )?(?:${labelled})\\b`);
/** "Since the war broke out on": the day of another event. */
const sinceClause = /\bsince (?!(?:on |about |around |at least |early |late )*$)[^,;]{3,60}$/;

const endings = /\b(?:until|till|through|by|to|declaration of|agreement of|statement of)(?: the)?\s*$/;

const relativeDays: Readonly<Record<string, number>> = {
  today: 0,
  tonight: 0,
  overnight: 0,
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
export function findDays(
  text: string,
  publishedAt: string,
  isFuture = false,
  isNote = false,
): readonly NamedDay[] {
  const published = Math.floor(Date.parse(publishedAt.slice(0, 10)) / dayMs);
  const days: NamedDay[] = [];
  const add = (match: RegExpExecArray, ordinal: number | null) => {
    const [start, end] = [match.index, match.index + match[0].length];
    if (ordinal === null || days.some((other) => start < other.end && other.start < end)) return;
    const lead = text.slice(Math.max(0, start - 30), start);
    const [isBeginning, isEnd] = [beginnings.test(lead), endings.test(lead)];
    const isLabel = labelBefore.test(lead) || labelAfter.test(text.slice(end, end + 40));
    const since = sinceClause.exec(text.slice(Math.max(0, start - 70), start));
    const sinceAt = since === null ? null : Math.max(0, start - 70) + since.index;
    days.push({
      day: new Date(ordinal * dayMs).toISOString().slice(0, 10),
      start,
      end,
      isBeginning,
      isEnd,
      isLabel,
      sinceAt,
    });
  };
  const isPast = ({ index }: RegExpExecArray) => !isNote || /\bsince\b[^,;]*$/.test(text.slice(0, index));
  for (const match of everyMatch(patterns.iso, text))
    add(match, ordinalOf(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  for (const match of everyMatch(patterns.monthDay, text))
    if (!monthAlone.test(text.slice(0, match.index)))
      add(match, dated(match[1], match[2], match[3], published, isFuture, isPast(match)));
  for (const match of everyMatch(patterns.dayMonth, text))
    add(match, dated(match[2], match[1], match[3], published, isFuture, isPast(match)));
  for (const match of everyMatch(patterns.dotted, text))
    add(match, ordinalOf(Number(match[3]), Number(match[2]) - 1, Number(match[1])));
  for (const match of everyMatch(patterns.weekday, text)) {
    // "Friday, 13 January" is one day, that of the date.
    const dated = days.find(({ start }) => start > match.index && start - match.index - match[0].length <= 6);
    const isSame =
      dated !== undefined && /^,? (?:the )?$/.test(text.slice(match.index + match[0].length, dated.start));
    if (!isSame) add(match, weekday(match, published, isFuture));
  }
  for (const match of everyMatch(patterns.ago, text)) add(match, published - countOf(match[1] ?? ''));
  for (const match of everyMatch(patterns.relative, text))
    add(match, published + (relativeDays[match[1] ?? ''] ?? 0));
  // Of several days the first counts.
  return days
    .sort((a, b) => a.start - b.start)
    .filter(
      ({ start }, index) => !isAlsoNamed.test(text.slice(days[index - 1]?.end ?? 0, start)) || index === 0,
    );
}

function weekday(match: RegExpExecArray, published: number, isFuture: boolean): number {
  // 1970-01-01 was a Thursday.
  const today = (published + 4) % 7;
  const back = (today - weekdayNames.indexOf(match[2] ?? '') + 7) % 7;
  if (match[1] === 'next' || (isFuture && match[1] !== 'last')) return published + ((7 - back) % 7 || 7);
  return match[1] === 'last' && back === 0 ? published - 7 : published - back;
}

function dated(
  name = '',
  day = '',
  writtenYear: string | undefined,
  published: number,
  isFuture: boolean,
  isPast: boolean,
) {
  const at = monthNames.findIndex((full) => full.startsWith(name.replace('.', '').slice(0, 3)));
  if (writtenYear !== undefined) return ordinalOf(Number(writtenYear), at, Number(day));
  const thisYear = new Date(published * dayMs).getUTCFullYear();
  const inYears = [thisYear - 1, thisYear, thisYear + 1].flatMap(
    (each) => ordinalOf(each, at, Number(day)) ?? [],
  );
  const coming = inYears.find((each) => each >= published) ?? null;
  const past = inYears.findLast((each) => each <= published) ?? null;
  return isFuture || (!isPast && past !== null && published - past > pastMax) ? coming : past;
}

/** Null for a day that the calendar does not have. */
function ordinalOf(fullYear: number, monthIndex: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(fullYear, monthIndex, day);
  return date.getUTCMonth() === monthIndex && date.getUTCDate() === day
    ? Math.floor(date.getTime() / dayMs)
    : null;
}

const isAlsoNamed = /^,? (?:and|or) (?:on )?(?:the )?$/;

const counts = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function countOf(written: string): number {
  if (written === 'a') return 1;
  const at = counts.indexOf(written);
  return at > 0 ? at : Number(written);
}
