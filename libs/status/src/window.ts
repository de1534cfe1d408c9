import { type DerivedStatus } from '#events';
import { type EvidenceDay } from './evidence-day.ts';
import { type PerStatus, statuses } from './status.ts';
import { fade, windowDays } from './weight.table.ts';

export interface WindowDay {
  readonly day: EvidenceDay;
  /** Days before the last day with evidence. */
  readonly age: number;
}

/** The days whose evidence still weighs on the day at that index, the latest first. */
export function windowOf(days: readonly EvidenceDay[], index: number): readonly WindowDay[] {
  const window: WindowDay[] = [];
  const last = days[index]?.on ?? 0;
  for (let at = index; at >= 0; at--) {
    const day = days[at];
    if (day === undefined || last - day.on >= windowDays) break;
    window.push({ day, age: last - day.on });
  }
  return window;
}

export function faded(weight: number, age: number): number {
  return Math.floor((weight * (fade[age] ?? 0)) / 100);
}

/** The weight behind each status. A party's word alone never opens a road, so alone it weighs nothing. */
export function sumsOf(window: readonly WindowDay[]): PerStatus<number> {
  const sums = { blocked: 0, restricted: 0, open: 0 };
  for (const { day, age } of window)
    for (const status of statuses) sums[status] += faded(day.tallies[status].sum, age);
  if (!window.some(({ day }) => day.tallies.open.heaviestBeyondParties > 0)) sums.open = 0;
  return sums;
}

/** The status with the most weight behind it; where nothing weighs, the one before goes on. */
export function headlineOf(
  days: readonly EvidenceDay[],
  index: number,
  before: DerivedStatus,
): DerivedStatus {
  const window = windowOf(days, index);
  const sums = sumsOf(window);
  const most = Math.max(sums.blocked, sums.restricted, sums.open);
  const heaviest = most === 0 ? before : (statuses.find((status) => sums[status] === most) ?? before);
  // "The ongoing blockade" is a word for the whole; it does not refute that some were seen to pass.
  const isOnlyAWord = heaviest === 'blocked' && !window.some(({ day }) => day.tallies.blocked.spoken);
  return isOnlyAWord && before === 'restricted' ? before : heaviest;
}
