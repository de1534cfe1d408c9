import { daysApart } from './reference.timeline.ts';

export interface ChangeScore {
  readonly expected: number;
  readonly derived: number;
  readonly hits: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

interface HeadlineDay {
  readonly day: string;
  readonly status: string;
}

/** One to one, in the order of the derived changes: the same new status, at most one day apart. */
export function scoreChanges(expected: readonly HeadlineDay[], derived: readonly HeadlineDay[]): ChangeScore {
  const wanted = changesOf(expected);
  const found = changesOf(derived);
  const unmatched = [...wanted];
  for (const change of found) {
    const match = unmatched.findIndex(
      ({ day, status }) => status === change.status && Math.abs(daysApart(day, change.day)) <= 1,
    );
    if (match >= 0) unmatched.splice(match, 1);
  }
  const hits = wanted.length - unmatched.length;
  const precision = found.length > 0 ? hits / found.length : 0;
  const recall = wanted.length > 0 ? hits / wanted.length : 1;
  const f1 = hits > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { expected: wanted.length, derived: found.length, hits, precision, recall, f1 };
}

function changesOf(days: readonly HeadlineDay[]): readonly HeadlineDay[] {
  return days.filter(({ status }, index) => index > 0 && status !== days[index - 1]?.status);
}
