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
  type ToldState,
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

/** By day, then by what they tell, each the earliest first: so an announcement goes over its own days alone. */
type Evidence = ReadonlyMap<DayOrdinal, ReadonlyMap<ToldState, readonly ExpectationClaim[]>>;

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
  const evidence = evidenceIn(
    claims.filter((claim) => !isAnnouncement(claim) && evidenceDayOf(claim) <= validDay),
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
  const begin = ordinalOf(dueOn ?? announcement.saidOn);
  const end = begin + (dueOn === null ? undatedDays : dueDays);
  const lapsesOn = dayOf(end);
  const metBy = firstLaterWord(announcement, begin, end, evidence);
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

function evidenceIn(claims: readonly ExpectationClaim[]): Evidence {
  const days = Map.groupBy(claims.toSorted(earlierFirst), (claim) => ordinalOf(evidenceDayOf(claim)));
  return new Map([...days].map(([day, told]) => [day, Map.groupBy(told, stateToldBy)]));
}

function firstLaterWord(
  announcement: ExpectationClaim,
  begin: DayOrdinal,
  end: DayOrdinal,
  evidence: Evidence,
): ExpectationClaim | null {
  const states = statesThatMeet(announcement);
  for (let day = begin; day < end; day += 1) {
    const told = evidence.get(day);
    const words = states.flatMap(
      (state) => told?.get(state)?.find((claim) => isLaterWordOn(claim, announcement)) ?? [],
    );
    if (words.length > 0) return words.reduce(earlierOf);
  }
  return null;
}

function earlierOf(a: ExpectationClaim, b: ExpectationClaim): ExpectationClaim {
  return earlierFirst(a, b) <= 0 ? a : b;
}

/** Days since 1970-01-01. */
type DayOrdinal = number;

const dayMs = 24 * 3_600 * 1_000;

function ordinalOf(day: string): DayOrdinal {
  return Date.parse(day) / dayMs;
}

function dayOf(ordinal: DayOrdinal): string {
  return new Date(ordinal * dayMs).toISOString().slice(0, 10);
}
