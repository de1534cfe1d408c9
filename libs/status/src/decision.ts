import { type DerivedStatus, type StatusDecision } from '#events';
import { dayOf, ordinalOf } from './calendar-day.ts';
import { type EvidenceBook } from './evidence-book.ts';
import { type DayTally } from './day-tally.ts';
import { type PerStatus, statuses } from './status.ts';
import { nearShare } from './weight.table.ts';
import { sumsOf, type WindowDay, windowOf } from './window.ts';

export interface Decision {
  readonly decision: StatusDecision;
  readonly window: readonly WindowDay[];
}

/** The decision on the day with evidence at that index; it holds until the next such day. */
export function decisionAt(book: EvidenceBook, index: number): Decision {
  const window = windowOf(book.days, index);
  const status = book.headlines[index] ?? 'unknown';
  const runStart = runStartOf(book, index);
  const run = window.filter(({ day }) => day.on >= (book.days[runStart]?.on ?? 0));
  const disputedBy = [...new Set(run.flatMap(({ day }) => contrarySpeakers(status, day.tallies)))].sort();
  return {
    window,
    decision: {
      status,
      since: sinceOf(book, runStart, status),
      confidence: confidenceOf(status, window),
      basis: basisOf(status, window),
      disputed: disputedBy.length > 0,
      disputedBy,
      likelihood: null,
      provisional: false,
      stale: false,
    },
  };
}

/** Evidence, or the lack of it, before the run that holds now is no dispute: it was the state of its day. */
function runStartOf({ headlines }: EvidenceBook, index: number): number {
  let start = index;
  while (start > 0 && headlines[start - 1] === headlines[index]) start--;
  return start;
}

function sinceOf({ rules: { baseline }, days }: EvidenceBook, runStart: number, status: DerivedStatus) {
  const start = days[runStart];
  if (status === 'unknown' || start === undefined) return null;
  const isBaseline = runStart === 0 && baseline?.status === status && ordinalOf(baseline.since) <= start.on;
  return isBaseline ? baseline.since : dayOf(start.on);
}

/** "Restricted" does not dispute "blocked", but "it is not blocked, it is restricted" does. */
function contrarySpeakers(status: DerivedStatus, tallies: PerStatus<DayTally>): readonly string[] {
  const { blocked, restricted, open } = tallies;
  switch (status) {
    case 'open':
      return [...blocked.speakers, ...restricted.speakers];
    case 'restricted':
      return [...open.speakers, ...blocked.deniers];
    case 'blocked':
      return [...open.speakers, ...restricted.deniers];
    case 'unknown':
      return [];
  }
}

function confidenceOf(status: DerivedStatus, window: readonly WindowDay[]): StatusDecision['confidence'] {
  if (status === 'unknown') return 'low';
  const support = window.map(({ day }) => day.tallies[status]);
  const heaviest = heaviestBeyondParties(support);
  if (heaviest === 0) return 'low';
  const sums = sumsOf(window);
  const contrary = statuses.filter((other) => other !== status);
  if (contrary.some((other) => sums[other] * 100 >= sums[status] * nearShare)) return 'low';
  const against = contrary.flatMap((other) => window.map(({ day }) => day.tallies[other]));
  if (heaviestBeyondParties(against) >= heaviest) return 'moderate';
  const sound = new Set(support.flatMap((tally) => [...tally.soundPublishers]));
  return sound.size >= 2 || support.some((tally) => tally.firstHand) ? 'high' : 'moderate';
}

function heaviestBeyondParties(tallies: readonly DayTally[]): number {
  return tallies.reduce((heaviest, tally) => Math.max(heaviest, tally.heaviestBeyondParties), 0);
}

function basisOf(status: DerivedStatus, window: readonly WindowDay[]): StatusDecision['basis'] {
  if (status === 'unknown') return 'inferred';
  if (window.some(({ day }) => day.tallies[status].observed)) return 'observed';
  return window.some(({ day }) => day.tallies[status].admitted) ? 'declared' : 'inferred';
}
