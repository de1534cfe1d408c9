import { dayOf, type DayOrdinal, ordinalOf } from './calendar-day.ts';
import { decisionAt } from './decision.ts';
import { baselineOn, type EvidenceBook } from './evidence-book.ts';
import { type DayRange, type StatusDay, type StatusSegment } from './status.ts';

/** A century; a longer answer is a mistake of the caller. */
const rangeDaysMax = 36_525;

type Held = Pick<StatusSegment, 'status' | 'confidence' | 'disputed'>;

interface Turn extends Held {
  readonly on: DayOrdinal;
}

/**
 * Runs of equal decision, oldest first. Without `from` it begins with the baseline or the first evidence; without
 * `to` the last run has no end.
 */
export function timelineOf(book: EvidenceBook, range: Partial<DayRange> = {}): readonly StatusSegment[] {
  const turns = turnsOf(book);
  const from = range.from === undefined ? turns[0]?.on : ordinalOf(range.from);
  const to = range.to === undefined ? Infinity : ordinalOf(range.to);
  if (from === undefined || to < from) return [];
  const unknown: Turn = { on: -Infinity, status: 'unknown', confidence: 'low', disputed: false };
  const runs = mergedRuns([unknown, ...turns]);
  return runs.flatMap(({ on, ...held }, index) => {
    const last = Math.min(to, (runs[index + 1]?.on ?? Infinity) - 1);
    const first = Math.max(from, on);
    if (last < first) return [];
    return [{ from: dayOf(first), to: last === Infinity ? null : dayOf(last), ...held }];
  });
}

/** @throws RangeError when the range is longer than a century. */
export function daysOf(book: EvidenceBook, range: DayRange): readonly StatusDay[] {
  if (ordinalOf(range.to) - ordinalOf(range.from) >= rangeDaysMax)
    throw new RangeError(`A day by day timeline has at most ${rangeDaysMax} days`);
  return timelineOf(book, range).flatMap(({ from, to, ...held }) => {
    const first = ordinalOf(from);
    const length = ordinalOf(to ?? range.to) - first + 1;
    return Array.from({ length }, (_, offset) => ({ day: dayOf(first + offset), ...held }));
  });
}

/** Each day on which the decision may turn. */
function turnsOf(book: EvidenceBook): readonly Turn[] {
  const { baseline } = book.rules;
  const turns = book.days.map(({ on }, index): Turn => {
    const { status, confidence, disputed } = decisionAt(book, index).decision;
    return { on, status, confidence, disputed };
  });
  if (baseline === null) return turns;
  const on = ordinalOf(baseline.since);
  if (turns[0] !== undefined && turns[0].on <= on) return turns;
  const status = baselineOn(book.rules, on);
  return [{ on, status, confidence: status === 'unknown' ? 'low' : 'moderate', disputed: false }, ...turns];
}

function mergedRuns(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn, index) => {
    const before = turns[index - 1];
    return (
      before?.status !== turn.status ||
      before.confidence !== turn.confidence ||
      before.disputed !== turn.disputed
    );
  });
}
