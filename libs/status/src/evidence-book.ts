import { type DerivedStatus } from '#events';
import { type DayOrdinal, ordinalOf } from './calendar-day.ts';
import { claimsOf, type EvidenceDay, evidenceDay } from './evidence-day.ts';
import { type CorridorRules, type StatusClaim } from './status.ts';
import { firstIndexWhere } from './utterance.ts';
import { weighClaim, type WeighedClaim } from './weighed-claim.ts';
import { windowDays } from './weight.table.ts';
import { headlineOf } from './window.ts';

/**
 * All evidence about one corridor under its rules. A book never changes: adding gives a new one that shares
 * what stayed the same, so a caller whose transaction fails keeps the old one.
 */
export interface EvidenceBook {
  readonly rules: CorridorRules;
  /** Only days with evidence, in order. */
  readonly days: readonly EvidenceDay[];
  /** The status at the end of each of `days`; kept, because "since when" walks back over all of them. */
  readonly headlines: readonly DerivedStatus[];
}

export function emptyBook(rules: CorridorRules): EvidenceBook {
  return { rules, days: [], headlines: [] };
}

/** The order, the batching and the repetition of claims do not matter. */
export function addClaims(book: EvidenceBook, claims: Iterable<StatusClaim>): EvidenceBook {
  const byDay = weighedByDay(claims, book.rules);
  if (byDay.size === 0) return book;
  const days = byDay.size === 1 ? book.days.slice() : mergedDays(book.days, byDay);
  for (const [on, weighed] of byDay) {
    const at = indexOfDay(days, on);
    const known = days[at]?.on === on ? days[at] : undefined;
    days.splice(at, known === undefined ? 0 : 1, evidenceDay(on, weighed, known));
  }
  return withHeadlines(book, days, Math.min(...byDay.keys()), Math.max(...byDay.keys()));
}

/** As if the claims had never come. They MUST be as they were added: what they say tells on which days they stand. */
export function removeClaims(book: EvidenceBook, claims: Iterable<StatusClaim>): EvidenceBook {
  const byDay = weighedByDay(claims, book.rules);
  if (byDay.size === 0) return book;
  const days = book.days.slice();
  for (const [on, weighed] of byDay) {
    const at = indexOfDay(days, on);
    const known = days[at];
    if (known?.on !== on) continue;
    const gone = new Set(weighed.map(({ claim }) => claim.claimId));
    const left = claimsOf(known).filter(({ claim }) => !gone.has(claim.claimId));
    days.splice(at, 1, ...(left.length === 0 ? [] : [evidenceDay(on, left)]));
  }
  return withHeadlines(book, days, Math.min(...byDay.keys()), Math.max(...byDay.keys()));
}

/** A newer coding of a statement, or a person's word on it: these claims instead of those. */
export function replaceClaims(
  book: EvidenceBook,
  gone: Iterable<StatusClaim>,
  come: Iterable<StatusClaim>,
): EvidenceBook {
  return addClaims(removeClaims(book, gone), come);
}

/** The same claims weighed again, as an amended corridor asks for. */
export function underRules(book: EvidenceBook, rules: CorridorRules): EvidenceBook {
  const claims = book.days.flatMap((day) => claimsOf(day).map(({ claim }) => claim));
  return addClaims(emptyBook(rules), claims);
}

/** Index of the first day with evidence at or after that one. */
export function indexOfDay(days: readonly EvidenceDay[], on: DayOrdinal): number {
  return firstIndexWhere(days, (day) => day.on >= on);
}

/** The status before any evidence. */
export function baselineOn({ baseline }: CorridorRules, on: DayOrdinal): DerivedStatus {
  return baseline !== null && ordinalOf(baseline.since) <= on ? baseline.status : 'unknown';
}

function weighedByDay(
  claims: Iterable<StatusClaim>,
  rules: CorridorRules,
): ReadonlyMap<DayOrdinal, readonly WeighedClaim[]> {
  const byDay = new Map<DayOrdinal, WeighedClaim[]>();
  for (const claim of claims) {
    for (const weighed of weighClaim(claim, rules)) {
      const sameDay = byDay.get(weighed.on);
      if (sameDay === undefined) byDay.set(weighed.on, [weighed]);
      else sameDay.push(weighed);
    }
  }
  return byDay;
}

/** Room for many days at once; inserting them one by one would move the array once for each. */
function mergedDays(
  days: readonly EvidenceDay[],
  byDay: ReadonlyMap<DayOrdinal, readonly WeighedClaim[]>,
): EvidenceDay[] {
  const known = new Set(days.map(({ on }) => on));
  const added = [...byDay.keys()].filter((on) => !known.has(on)).map((on) => evidenceDay(on, []));
  return [...days, ...added].sort((a, b) => a.on - b.on);
}

/**
 * A headline looks back over its window, and beyond it only at the headline before it. So past the window of the
 * last touched day the first headline that stays the same proves that all later ones do.
 */
function withHeadlines(
  { rules, days: oldDays, headlines: old }: EvidenceBook,
  days: readonly EvidenceDay[],
  firstTouched: DayOrdinal,
  lastTouched: DayOrdinal,
): EvidenceBook {
  const start = indexOfDay(days, firstTouched);
  const headlines = old.slice(0, start);
  const shift = days.length - oldDays.length;
  for (let index = start; index < days.length; index++) {
    const on = days[index]?.on ?? 0;
    const headline = headlineOf(days, index, headlines[index - 1] ?? baselineOn(rules, on));
    headlines.push(headline);
    if (on >= lastTouched + windowDays && headline === old[index - shift]) {
      headlines.push(...old.slice(index - shift + 1));
      break;
    }
  }
  return { rules, days, headlines };
}
