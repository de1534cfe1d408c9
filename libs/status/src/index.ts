export {
  type CorridorRules,
  type DayRange,
  type DerivedState,
  type EvidenceItem,
  ruleVersion,
  type StatusClaim,
  type StatusDay,
  type StatusSegment,
} from './status.ts';
export { deriveDays, deriveStatus, deriveTimeline } from './derive.ts';
export {
  addClaims,
  emptyBook,
  type EvidenceBook,
  removeClaims,
  replaceClaims,
  underRules,
} from './evidence-book.ts';
export { stateOn } from './derived-state.ts';
export { daysOf, timelineOf } from './timeline.ts';
export { localDay } from './calendar-day.ts';
