import { stateOn } from './derived-state.ts';
import { addClaims, emptyBook } from './evidence-book.ts';
import {
  type CorridorRules,
  type DayRange,
  type DerivedState,
  type StatusClaim,
  type StatusDay,
  type StatusSegment,
} from './status.ts';
import { daysOf, timelineOf } from './timeline.ts';

/** The whole claim set at once. It equals what a book gives that took the claims one by one. */
export function deriveStatus(claims: Iterable<StatusClaim>, rules: CorridorRules, day: string): DerivedState {
  return stateOn(addClaims(emptyBook(rules), claims), day);
}

export function deriveTimeline(
  claims: Iterable<StatusClaim>,
  rules: CorridorRules,
  range: Partial<DayRange> = {},
): readonly StatusSegment[] {
  return timelineOf(addClaims(emptyBook(rules), claims), range);
}

export function deriveDays(
  claims: Iterable<StatusClaim>,
  rules: CorridorRules,
  range: DayRange,
): readonly StatusDay[] {
  return daysOf(addClaims(emptyBook(rules), claims), range);
}
