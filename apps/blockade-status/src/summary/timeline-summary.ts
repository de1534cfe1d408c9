import { type DerivedStatus, type Flow } from '#events';

/** Inclusive local days over which the status stays the same; they follow each other without a gap. */
export interface SummedSegment {
  readonly from: string;
  readonly to: string;
  readonly status: DerivedStatus;
  readonly disputed: boolean;
  /** The flows of which something is known. */
  readonly flows: Readonly<Partial<Record<Flow, DerivedStatus>>>;
}

export type DaysPerStatus = Readonly<Record<DerivedStatus, number>>;

export interface TimelineSummary {
  readonly dayCount: number;
  readonly days: DaysPerStatus;
  /** For each flow of which anything is known in these days. */
  readonly flows: Readonly<Partial<Record<Flow, DaysPerStatus>>>;
  /** How often the status of a day is another than that of the day before. */
  readonly changeCount: number;
  /** The first where several are as long; null where no day is blocked. */
  readonly longestBlocked: { readonly from: string; readonly to: string; readonly dayCount: number } | null;
  readonly disputedDayCount: number;
}

/** How many days were how, oldest segment first. */
export function summaryOf(segments: readonly SummedSegment[]): TimelineSummary {
  const runs = runsOf(segments);
  const known = new Set(segments.flatMap(({ flows }) => Object.keys(flows) as Flow[]));
  return {
    dayCount: dayCountOf(segments),
    days: daysPerStatus(segments, ({ status }) => status),
    flows: Object.fromEntries(
      [...known]
        .sort()
        .map((flow) => [flow, daysPerStatus(segments, ({ flows }) => flows[flow] ?? 'unknown')]),
    ),
    changeCount: Math.max(0, runs.length - 1),
    longestBlocked: longestOf(runs.filter(({ status }) => status === 'blocked')),
    disputedDayCount: dayCountOf(segments.filter(({ disputed }) => disputed)),
  };
}

type Run = Pick<SummedSegment, 'from' | 'to' | 'status'>;

/** Segments part where confidence or dispute turn, too; a run goes on while the word stays. */
function runsOf(segments: readonly SummedSegment[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { from, to, status } of segments) {
    const last = runs.at(-1);
    if (last?.status === status) runs.splice(-1, 1, { ...last, to });
    else runs.push({ from, to, status });
  }
  return runs;
}

function longestOf(runs: readonly Run[]): TimelineSummary['longestBlocked'] {
  const counted = runs.map(({ from, to }) => ({ from, to, dayCount: dayCountOf([{ from, to }]) }));
  return counted.toSorted((a, b) => b.dayCount - a.dayCount)[0] ?? null;
}

function daysPerStatus(
  segments: readonly SummedSegment[],
  statusOf: (segment: SummedSegment) => DerivedStatus,
): DaysPerStatus {
  const daysOf = (status: DerivedStatus) =>
    dayCountOf(segments.filter((segment) => statusOf(segment) === status));
  return {
    open: daysOf('open'),
    restricted: daysOf('restricted'),
    blocked: daysOf('blocked'),
    unknown: daysOf('unknown'),
  };
}

const dayMs = 24 * 3_600 * 1_000;

function dayCountOf(segments: readonly Pick<SummedSegment, 'from' | 'to'>[]): number {
  return segments.reduce(
    (sum, { from, to }) => sum + Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1,
    0,
  );
}
