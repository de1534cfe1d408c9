import { isDeepStrictEqual } from 'node:util';
import { type DayOrdinal, ordinalOf } from './calendar-day.ts';
import { dayWith, dayWithout, type EvidenceDay } from './evidence-day.ts';
import { type DayState, indexOfDay, isSameDay, stateAfter, stateBefore } from './fold.ts';
import { type BookSettings, type StatusClaim } from './status.ts';
import { weighClaim, type WeighedClaim } from './weighed-claim.ts';

/**
 * All evidence about one corridor under its settings. A book never changes: adding gives a new one that shares
 * what stayed the same, so a caller whose transaction fails keeps the old one.
 */
export interface EvidenceBook {
  readonly settings: BookSettings;
  /** Only days with evidence or an assessment, in order. */
  readonly days: readonly EvidenceDay[];
  /** What holds at the end of each of `days`; kept, because a status goes on from the one before. */
  readonly states: readonly DayState[];
  /** What holds before the first of `days`. */
  readonly start: DayState;
}

export function emptyBook(settings: BookSettings): EvidenceBook {
  const days = daysOfAssessments(settings, []);
  return folded(settings, days);
}

/** The order, the batching and the repetition of claims do not matter. */
export function addClaims(book: EvidenceBook, claims: Iterable<StatusClaim>): EvidenceBook {
  const byDay = weighedByDay(claims, book.settings);
  if (byDay.size === 0) return book;
  const days = byDay.size === 1 ? book.days.slice() : withRoomFor(book.days, byDay);
  for (const [on, weighed] of byDay) {
    const at = indexOfDay(days, on);
    const known = days[at]?.on === on ? days[at] : undefined;
    days.splice(at, known === undefined ? 0 : 1, dayWith(on, weighed, book.settings.rules, known));
  }
  return refolded(book, days, byDay.keys());
}

/** As if the claims had never come. They MUST be as they were added: what they say tells on which days they stand. */
export function removeClaims(book: EvidenceBook, claims: Iterable<StatusClaim>): EvidenceBook {
  const byDay = weighedByDay(claims, book.settings);
  if (byDay.size === 0) return book;
  const days = book.days.slice();
  for (const [on, weighed] of byDay) {
    const at = indexOfDay(days, on);
    const known = days[at];
    if (known?.on !== on) continue;
    const gone = new Set(weighed.map(({ claim }) => claim.claimId));
    const left = dayWithout(known, gone, book.settings.rules);
    const kept = left ?? (isAssessed(book.settings, on) ? dayWith(on, [], book.settings.rules) : null);
    days.splice(at, 1, ...(kept === null ? [] : [kept]));
  }
  return refolded(book, days, byDay.keys());
}

/** A newer coding of a statement, or a person's word on it: these claims instead of those. */
export function replaceClaims(
  book: EvidenceBook,
  gone: Iterable<StatusClaim>,
  come: Iterable<StatusClaim>,
): EvidenceBook {
  return addClaims(removeClaims(book, gone), come);
}

/** The same claims under other settings: an amended corridor, a new grade, an assessment, other rules, a later clock. */
export function withSettings(book: EvidenceBook, settings: BookSettings): EvidenceBook {
  // Time alone moves no day with evidence.
  if (isDeepStrictEqual({ ...book.settings, clock: null }, { ...settings, clock: null }))
    return { ...book, settings };
  return addClaims(emptyBook(settings), claimsIn(book));
}

export function claimsIn(book: EvidenceBook): readonly StatusClaim[] {
  const claims = book.days.flatMap((day) => day.claims.map(({ claim }) => claim));
  return [...new Map(claims.map((claim) => [claim.claimId, claim])).values()];
}

function weighedByDay(
  claims: Iterable<StatusClaim>,
  settings: BookSettings,
): ReadonlyMap<DayOrdinal, readonly WeighedClaim[]> {
  const byDay = new Map<DayOrdinal, WeighedClaim[]>();
  for (const claim of claims) {
    for (const weighed of weighClaim(claim, settings)) {
      const sameDay = byDay.get(weighed.on);
      if (sameDay === undefined) byDay.set(weighed.on, [weighed]);
      else sameDay.push(weighed);
    }
  }
  return byDay;
}

/** Room for many days at once; inserting them one by one would move the array once for each. */
function withRoomFor(days: readonly EvidenceDay[], byDay: ReadonlyMap<DayOrdinal, unknown>): EvidenceDay[] {
  const known = new Set(days.map(({ on }) => on));
  const added = [...byDay.keys()].filter((on) => !known.has(on)).map((on) => emptyDay(on));
  return [...days, ...added].sort((a, b) => a.on - b.on);
}

function emptyDay(on: DayOrdinal): EvidenceDay {
  return { on, claims: [], said: {} };
}

function daysOfAssessments({ assessments }: BookSettings, days: readonly EvidenceDay[]): EvidenceDay[] {
  const on = new Set(assessments.map(({ validFrom }) => ordinalOf(validFrom)));
  return withRoomFor(days, new Map([...on].map((day) => [day, null])));
}

function isAssessed({ assessments }: BookSettings, on: DayOrdinal): boolean {
  return assessments.some(({ validFrom }) => ordinalOf(validFrom) === on);
}

function folded(settings: BookSettings, days: readonly EvidenceDay[]): EvidenceBook {
  const start = stateBefore(days, settings);
  const states: DayState[] = [];
  days.forEach((_, index) => states.push(stateAfter(states.at(-1) ?? start, days, index, settings)));
  return { settings, days, states, start };
}

/**
 * A state looks back over its window, and beyond it only at the state before it. So past the window of the last touched
 * day the first state that stays the same proves that all later ones do.
 */
function refolded(
  book: EvidenceBook,
  days: readonly EvidenceDay[],
  touched: Iterable<DayOrdinal>,
): EvidenceBook {
  const { settings } = book;
  const touchedDays = [...touched];
  const lastTouched = touchedDays.reduce((last, on) => Math.max(last, on), -Infinity);
  const firstTouched = touchedDays.reduce((first, on) => Math.min(first, on), Infinity);
  const start = days[0] === book.days[0] ? book.start : stateBefore(days, settings);
  const from = start === book.start ? indexOfDay(days, firstTouched) : 0;
  const states = book.states.slice(0, from);
  const shift = days.length - book.days.length;
  for (let index = from; index < days.length; index++) {
    const state = stateAfter(states[index - 1] ?? start, days, index, settings);
    states.push(state);
    const isPast = (days[index]?.on ?? 0) >= lastTouched + settings.rules.windowDays;
    const known = book.states[index - shift];
    if (isPast && known !== undefined && isSameDay(state, known)) {
      states[index] = known;
      states.push(...book.states.slice(index - shift + 1));
      break;
    }
  }
  return { settings, days, states, start };
}
