import { type CorridorStatus } from '#events';
import {
  announcementKey,
  type ClaimPlace,
  dueDayOf,
  earlierFirst,
  evidenceDayOf,
  expectedBy,
  type ExpectationClaim,
  isAnnouncement,
  isLaterWordOn,
  statesThatMeet,
  stateToldBy,
} from './expectation-claim.ts';

export const expectationStates = ['announced', 'due', 'met', 'lapsed'] as const;

/** Something that a speaker said will be so, or would be. */
export interface Expectation {
  readonly state: (typeof expectationStates)[number];
  readonly expects: CorridorStatus;
  /** The first to be published where there are copies. */
  readonly announcement: ExpectationClaim;
  /** Copies of the announcement, itself included. */
  readonly reportCount: number;
  readonly dueOn: string | null;
  /** The first day on which it is too late to be met. */
  readonly lapsesOn: string;
  readonly metBy: ExpectationClaim | null;
  /** The day that the claim which meets it counts for. */
  readonly metOn: string | null;
}

const dueDays = 7;
const undatedDays = 30;

/** By what they tell and the day they count for, so that an announcement goes over its own days alone. */
type Evidence = ReadonlyMap<string, readonly ExpectationClaim[]>;

/**
 * Announced, conditional and future claims never change a status: they open an expectation, which goes
 * announced → due → met or lapsed as the days pass, without a due date announced → met or lapsed.
 * It is met by an asserted claim of the announced state, published later, about a day on which it was due.
 * The order of the claims does not matter. The latest announcement first.
 * @param claims commitments, and claims of type status or incident
 */
export function expectationsOn(
  validDay: string,
  claims: readonly ExpectationClaim[],
): readonly Expectation[] {
  const evidence = Map.groupBy(
    claims.filter((claim) => !isAnnouncement(claim) && evidenceDayOf(claim) <= validDay),
    (claim) => `${stateToldBy(claim)} ${evidenceDayOf(claim)}`,
  );
  const announcements = claims.filter((claim) => isAnnouncement(claim) && claim.saidOn <= validDay);
  return [...Map.groupBy(announcements, announcementKey).values()]
    .map((copies) => expectationOf(copies.reduce(earlierOf), copies.length, evidence, validDay))
    .sort((a, b) => laterAnnouncedFirst(a.announcement, b.announcement));
}

/** The order of the list. */
export function laterAnnouncedFirst(a: ClaimPlace, b: ClaimPlace): number {
  return earlierFirst(b, a);
}

function expectationOf(
  announcement: ExpectationClaim,
  reportCount: number,
  evidence: Evidence,
  validDay: string,
): Expectation {
  const dueOn = dueDayOf(announcement);
  const begin = dueOn ?? announcement.saidOn;
  const days = daysFrom(begin, dueOn === null ? undatedDays : dueDays);
  const lapsesOn = dayAfter(days.at(-1) ?? begin);
  const metBy = firstLaterWord(announcement, days, evidence);
  const waiting = dueOn !== null && dueOn <= validDay ? 'due' : 'announced';
  return {
    state: metBy !== null ? 'met' : validDay >= lapsesOn ? 'lapsed' : waiting,
    expects: expectedBy(announcement),
    announcement,
    reportCount,
    dueOn,
    lapsesOn,
    metBy,
    metOn: metBy === null ? null : evidenceDayOf(metBy),
  };
}

function firstLaterWord(
  announcement: ExpectationClaim,
  days: readonly string[],
  evidence: Evidence,
): ExpectationClaim | null {
  const states = statesThatMeet(announcement);
  for (const day of days) {
    const words = states
      .flatMap((state) => evidence.get(`${state} ${day}`) ?? [])
      .filter((claim) => isLaterWordOn(claim, announcement));
    if (words.length > 0) return words.reduce(earlierOf);
  }
  return null;
}

function earlierOf(a: ExpectationClaim, b: ExpectationClaim): ExpectationClaim {
  return earlierFirst(a, b) <= 0 ? a : b;
}

function daysFrom(first: string, dayCount: number): readonly string[] {
  const begin = Date.parse(first);
  return Array.from({ length: dayCount }, (_, offset) => isoDay(begin + offset * dayMs));
}

function dayAfter(day: string): string {
  return isoDay(Date.parse(day) + dayMs);
}

const dayMs = 24 * 3_600 * 1_000;

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
