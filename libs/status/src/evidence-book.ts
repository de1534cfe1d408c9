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
  const byDay = new Map<DayOrdinal, WeighedClaim[]>();
  for (const claim of claims) {
    for (const weighed of weighClaim(claim, book.rules)) {
      const sameDay = byDay.get(weighed.on);
      if (sameDay === undefined) byDay.set(weighed.on, [weighed]);
      else sameDay.push(weighed);
    }
  }
  if (byDay.size === 0) return book;
  const days = byDay.size === 1 ? book.days.slice() : mergedDays(book.days, byDay);
  for (const [on, weighed] of byDay) {
    const at = indexOfDay(days, on);
    const known = days[at]?.on === on ? days[at] : undefined;
    days.splice(at, known === undefined ? 0 : 1, evidenceDay(on, weighed, known));
  }
  return withHeadlines(book, days, Math.min(...byDay.keys()), Math.max(...byDay.keys()));
}

/** As if the statement had never come. */
export function removeStatement(book: EvidenceBook, statementId: string): EvidenceBook {
  const isOfStatement = ({ claim }: WeighedClaim) => claim.statementId === statementId;
  const touched = book.days.filter((day) => claimsOf(day).some(isOfStatement));
  const [first, last] = [touched.at(0), touched.at(-1)];
  if (first === undefined || last === undefined) return book;
  const days = book.days.flatMap((day) => {
    if (!touched.includes(day)) return [day];
    const left = claimsOf(day).filter((claim) => !isOfStatement(claim));
    return left.length === 0 ? [] : [evidenceDay(day.on, left)];
  });
  return withHeadlines(book, days, first.on, last.on);
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
