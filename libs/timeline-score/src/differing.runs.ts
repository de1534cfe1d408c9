import {
  dayAfter,
  daysApart,
  daysOfReference,
  type ReferenceDay,
  type ReferenceTimeline,
  type TimelineDay,
} from './reference.timeline.ts';
import { creditOf } from './timeline.scorer.ts';

/** Days in a row on which the derived timeline differs from the reference in the same way. */
export interface DifferingRun {
  readonly from: string;
  readonly to: string;
  readonly expected: string;
  /** `missing` where no day was derived. */
  readonly derived: string;
  readonly credit: number;
  readonly isScored: boolean;
  readonly flows: readonly FlowDifference[];
}

export interface FlowDifference {
  readonly flow: string;
  readonly expected: string;
  readonly derived: string;
}

export function differingRuns(
  reference: ReferenceTimeline,
  derivedDays: readonly TimelineDay[],
): readonly DifferingRun[] {
  const derived = new Map(derivedDays.map((each) => [each.day, each]));
  const runs: DifferingRun[] = [];
  for (const expected of daysOfReference(reference)) {
    const next = runOfDay(expected, derived.get(expected.day));
    if (next.expected === next.derived && next.flows.length === 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && daysApart(last.to, next.from) === 1 && isAlike(last, next))
      runs[runs.length - 1] = { ...last, to: next.to };
    else runs.push(next);
  }
  return runs;
}

const daysBefore = 3;
const daysWithin = 10;

/** Whether a reader looks there first: from a few days before the run to its end, in long runs to its first days. */
export function isAround({ from, to }: DifferingRun, day: string): boolean {
  const last = dayAfter(from, daysWithin);
  return day >= dayAfter(from, -daysBefore) && day <= (to < last ? to : last);
}

function runOfDay(expected: ReferenceDay, derived: TimelineDay | undefined): DifferingRun {
  const { day, status, flows, score } = expected;
  return {
    from: day,
    to: day,
    expected: status,
    derived: derived?.status ?? 'missing',
    credit: creditOf(expected, derived),
    isScored: score,
    flows: Object.entries(flows)
      .map(([flow, wanted]) => ({ flow, expected: wanted, derived: derived?.flows?.[flow] ?? 'missing' }))
      .filter((each) => each.expected !== each.derived),
  };
}

function isAlike(one: DifferingRun, other: DifferingRun): boolean {
  const anywhere = { from: '', to: '' };
  return JSON.stringify({ ...one, ...anywhere }) === JSON.stringify({ ...other, ...anywhere });
}
