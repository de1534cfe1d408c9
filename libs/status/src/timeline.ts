import { type DerivedStatus, type Flow } from '#events';
import { dayOf, ordinalOf } from './calendar-day.ts';
import {
  type DayRange,
  type Decision,
  flows,
  type StatusDay,
  type StatusSegment,
  type Turn,
} from './status.ts';

/** A century; a longer answer is a mistake of the caller. */
const rangeDaysMax = 36_525;

type Held = Omit<StatusSegment, 'from' | 'to'>;

/**
 * Runs of equal status, oldest first. Without `from` it begins with the first turn; without `to` the last run has no
 * end.
 * @param of the flow asked about; null for the headline
 */
export function segmentsOf(
  turns: readonly Turn[],
  range: Partial<DayRange> = {},
  of: Flow | null = null,
): readonly StatusSegment[] {
  const from = range.from ?? turns[0]?.from;
  const to = range.to ?? null;
  if (from === undefined || (to !== null && to < from)) return [];
  const runs = mergedRuns([{ from: '', held: nothingHeld }, ...turns.map((turn) => runOf(turn, of))]);
  return runs.flatMap(({ from: begins, held }, index) => {
    const next = runs[index + 1]?.from;
    const ends = next === undefined ? null : dayOf(ordinalOf(next) - 1);
    const first = begins > from ? begins : from;
    const last = ends === null || (to !== null && to < ends) ? to : ends;
    return last !== null && last < first ? [] : [{ from: first, to: last, ...held }];
  });
}

/** @throws RangeError when the range is longer than a century. */
export function daysOf(
  turns: readonly Turn[],
  range: DayRange,
  of: Flow | null = null,
): readonly StatusDay[] {
  if (ordinalOf(range.to) - ordinalOf(range.from) >= rangeDaysMax)
    throw new RangeError(`A day by day timeline has at most ${rangeDaysMax} days`);
  return segmentsOf(turns, range, of).flatMap(({ from, to, ...held }) => {
    const first = ordinalOf(from);
    const length = ordinalOf(to ?? range.to) - first + 1;
    return Array.from({ length }, (_, offset) => ({ day: dayOf(first + offset), ...held }));
  });
}

interface Run {
  readonly from: string;
  readonly held: Held;
}

const nothingHeld: Held = {
  status: 'unknown',
  confidence: 'low',
  disputed: false,
  provisional: false,
  stale: false,
  flows: {},
};

function runOf({ from, decision }: Turn, of: Flow | null): Run {
  const { status, confidence, disputed, provisional, stale } = of === null ? decision : decision.flows[of];
  return {
    from,
    held: { status, confidence, disputed, provisional, stale, flows: flowStatusesOf(decision) },
  };
}

/** The status of each flow of which something is known. */
export function flowStatusesOf({ flows: decisions }: Decision): Partial<Record<Flow, DerivedStatus>> {
  const known = flows.filter((flow) => decisions[flow].status !== 'unknown');
  return Object.fromEntries(known.map((flow) => [flow, decisions[flow].status]));
}

function mergedRuns(runs: readonly Run[]): readonly Run[] {
  const merged: Run[] = [];
  let before = '';
  for (const run of runs) {
    const held = JSON.stringify(run.held);
    if (held !== before) merged.push(run);
    before = held;
  }
  return merged;
}
