import { type Frame } from '../voices/frame.ts';
import { findDays, type NamedDay } from './date.resolver.ts';
import { type MaskedSentence } from '../text/masked-sentence.ts';
import { keyCueOf } from './modality.reader.ts';
import { type RuleMatch } from '../rules/rule.matcher.ts';
import { type Modality } from './scope.ts';

/** The days of a sentence, read as past ones and as coming ones: "on Monday". */
export interface Days {
  readonly past: readonly NamedDay[];
  readonly coming: readonly NamedDay[];
}

/** Each is read when it is asked for first; most claims need no day. */
export function daysOf(text: string, publishedAt: string, isNote: boolean): Days {
  let past: readonly NamedDay[] | undefined;
  let coming: readonly NamedDay[] | undefined;
  return {
    get past() {
      return (past ??= findDays(text, publishedAt, false, isNote));
    },
    get coming() {
      return (coming ??= findDays(text, publishedAt, true));
    },
  };
}

interface DatedSentence {
  readonly masked: MaskedSentence;
  readonly frames: readonly Frame[];
}

const madeOnADay: ReadonlySet<string> = new Set(['demand', 'condemnation', 'commitment', 'engagement']);
/** A day that begins its sentence dates all of it. */
const openingMax = 25;
/** How near a "since" follows what has lasted, in characters. */
const sinceReach = 12;
/** What a comma parts from a day is further from it, in characters. */
const commaDistance = 40;

/** A day in the words of saying belongs to the saying; the nearest other one to what is said. */
export function dayOf(
  match: RuleMatch,
  modality: Modality,
  { masked, frames }: DatedSentence,
  days: Days,
): NamedDay | null {
  const { rule, start, end } = match;
  // Hardship lasts; the day in its sentence is that of its cause or of its report.
  if (rule.type === 'impact') return null;
  const past = days.past.filter((day) => isOwnDay(day, match));
  const isOfSaying = (day: NamedDay) => frames.some((frame) => isBeside(day, frame, masked.text));
  if (madeOnADay.has(rule.type)) {
    const key = keyCueOf(match, masked.text);
    const [reports, saying] = [frames.filter(isReport), frames.filter((frame) => !isReport(frame))];
    const made = past.filter(
      (day) => !day.isBeginning && !day.isEnd && !reports.some((frame) => isBeside(day, frame, masked.text)),
    );
    return (
      made.find((day) => saying.some((frame) => isBeside(day, frame, masked.text))) ??
      nearest(masked.text, made, key.start, rule.type === 'engagement' ? end : key.end, 45) ??
      opening(made.filter((day) => !isOfSaying(day)))
    );
  }
  const own = (modality === 'asserted' ? past : days.coming.filter((day) => isOwnDay(day, match))).filter(
    (day) => !day.isEnd && !isOfSaying(day) && !(day.isBeginning && isCount(rule)),
  );
  if (rule.isSinceItsDay === true) return sinceDay(days.past, match);
  if (rule.presupposed !== true) {
    const reach = rule.type === 'incident' ? 90 : 60;
    return nearest(masked.text, own, start, end, reach) ?? opening(own);
  }
  if (rule.lastsSinceItsDay !== true) return null;
  return nearest(
    masked.text,
    own.filter(({ isBeginning }) => isBeginning),
    start,
    end,
    40,
  );
}

/** "Closed since the war broke out on Monday" dates the closure; a "since" elsewhere dates the war alone. */
function isOwnDay({ isLabel, sinceAt }: NamedDay, { rule, end }: RuleMatch): boolean {
  if (isLabel) return false;
  return sinceAt === null || (rule.type === 'status' && sinceAt >= end && sinceAt - end <= sinceReach);
}

/** "145 trucks since April" are counted on the day they are told of. */
function isCount({ type, effect }: RuleMatch['rule']): boolean {
  return type === 'incident' && effect === 'passed';
}

/** How far behind a "since" its day is told, in characters. */
const ownSinceReach = 50;

function sinceDay(days: readonly NamedDay[], { cues, end }: RuleMatch): NamedDay | null {
  const since = cues.at(-1)?.start ?? end;
  return days.find(({ start }) => start >= since && start - end <= ownSinceReach) ?? null;
}

function isReport({ rank }: Frame): boolean {
  return rank === 'reporter';
}

function opening(days: readonly NamedDay[]): NamedDay | null {
  const [only, other] = days;
  return only !== undefined && other === undefined && only.start <= openingMax ? only : null;
}

function nearest(
  text: string,
  days: readonly NamedDay[],
  start: number,
  end: number,
  max: number,
): NamedDay | null {
  const measured = days.flatMap((day) => {
    const between = text.slice(Math.min(day.end, end), Math.max(day.start, start));
    const gap = Math.max(day.start - end, start - day.end, 0);
    // The comma after a day that begins a sentence parts nothing.
    const isParted = between.includes(',') && day.start > openingMax;
    return between.includes(';') || gap > max
      ? []
      : [{ day, distance: gap + (isParted ? commaDistance : 0) }];
  });
  return measured.toSorted((a, b) => a.distance - b.distance || a.day.start - b.day.start)[0]?.day ?? null;
}

const opensClause = /(?:^|[,;"]) ?(?:(?:late|early|earlier) )?(?:on )?$/;

/** "Said on Friday", "on Friday, X said". */
function isBeside(day: NamedDay, frame: Frame, text: string): boolean {
  const after = text.slice(frame.end, day.start);
  const isAfter =
    day.start >= frame.end && after.length <= 24 && !/[,;]|\b(?:that|is|are|was|were|since)\b/.test(after);
  // "Closed since Monday, X said" dates the closure.
  const isBefore =
    day.end <= frame.start && frame.start - day.end <= 3 && opensClause.test(text.slice(0, day.start));
  return isAfter || isBefore || (day.start >= frame.start && day.end <= frame.end);
}
