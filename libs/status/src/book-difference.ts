import { type DerivedStatus, type Flow } from '#events';
import { dayOf, ordinalOf } from './calendar-day.ts';
import { type EvidenceBook } from './evidence-book.ts';
import { unknown } from './fold.ts';
import { decisionOf } from './freshness.ts';
import { type Decision, type Turn } from './status.ts';
import { flowStatusesOf } from './timeline.ts';
import { sharedEnd, sharedStart, stateAt, turnsAmong } from './turns.ts';

export interface HeldStatus {
  readonly status: DerivedStatus;
  readonly flows: Readonly<Partial<Record<Flow, DerivedStatus>>>;
}

/** Inclusive days over which another status held, of the headline or of a flow. */
export interface DaysReplaced {
  readonly from: string;
  readonly to: string;
  readonly was: HeldStatus;
  readonly now: HeldStatus;
}

/** The last day with evidence or an assessment; null where there is none. */
export function lastEvidenceDay({ days }: EvidenceBook): string | null {
  const last = days.at(-1);
  return last === undefined ? null : dayOf(last.on);
}

/** The day from which on the latest state holds without end; null where none ever began. */
export function holdsFrom(book: EvidenceBook): string | null {
  const length = book.states.length;
  const turned = turnsAmong(book, length, length).at(-1)?.from ?? '';
  const told = lastEvidenceDay(book) ?? '';
  return (turned > told ? turned : told) || null;
}

/** Which days have evidence no longer, and which have it now. */
export function evidenceDaysChanged(
  before: EvidenceBook,
  after: EvidenceBook,
): { readonly ended: readonly string[]; readonly begun: readonly string[] } {
  const start = sharedStart(before, after);
  const end = sharedEnd(before, after, start);
  const old = before.days.slice(start, before.days.length - end).map(({ on }) => on);
  const now = after.days.slice(start, after.days.length - end).map(({ on }) => on);
  const [oldDays, nowDays] = [new Set(old), new Set(now)];
  return {
    ended: old.filter((on) => !nowDays.has(on)).map(dayOf),
    begun: now.filter((on) => !oldDays.has(on)).map(dayOf),
  };
}

/**
 * The days up to one, on which the status of the corridor or of a flow is another one in the later book; oldest first.
 * Of books that share states only the days between are looked at.
 */
export function daysReplaced(
  before: EvidenceBook,
  after: EvidenceBook,
  through: string,
): readonly DaysReplaced[] {
  const start = sharedStart(before, after);
  const end = sharedEnd(before, after, start);
  const prior = decisionOf(start === 0 ? unknown : stateAt(before, start - 1));
  const old = turnsAmong(before, start, before.states.length - end);
  const now = turnsAmong(after, start, after.states.length - end);
  const turningDays = [...new Set([...old, ...now].map(({ from }) => from))].sort();
  const spans = turningDays
    .filter((from) => from <= through)
    .map((from, index): DaysReplaced => {
      const next = turningDays[index + 1];
      return {
        from,
        to: next === undefined || next > through ? through : dayOf(ordinalOf(next) - 1),
        was: heldOn(old, from, prior),
        now: heldOn(now, from, prior),
      };
    });
  return merged(spans.filter(({ was, now }) => !isSame(was, now)));
}

function heldOn(turns: readonly Turn[], day: string, prior: Decision): HeldStatus {
  const decision = turns.findLast(({ from }) => from <= day)?.decision ?? prior;
  return { status: decision.status, flows: flowStatusesOf(decision) };
}

function merged(spans: readonly DaysReplaced[]): readonly DaysReplaced[] {
  const runs: DaysReplaced[] = [];
  for (const span of spans) {
    const last = runs.at(-1);
    const goesOn =
      last !== undefined &&
      ordinalOf(last.to) + 1 === ordinalOf(span.from) &&
      isSame(last.was, span.was) &&
      isSame(last.now, span.now);
    if (goesOn) runs[runs.length - 1] = { ...last, to: span.to };
    else runs.push(span);
  }
  return runs;
}

function isSame(a: HeldStatus, b: HeldStatus): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
