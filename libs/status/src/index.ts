export {
  type Assessment,
  type BookSettings,
  type CorridorRules,
  type DayRange,
  type Decision,
  type DerivedState,
  type EvidenceItem,
  flows,
  type StatusClaim,
  type StatusDay,
  type StatusSegment,
  type Turn,
} from './status.ts';
export { currentRules, firstRules, type RuleSet, rulesOf, ruleSets, UnknownRulesError } from './rule-set.ts';
export {
  addClaims,
  claimsIn,
  emptyBook,
  type EvidenceBook,
  removeClaims,
  replaceClaims,
  withSettings,
} from './evidence-book.ts';
export { type Lapse, nextLapse } from './freshness.ts';
export { latestDecision, type TurnChange, turnsChanged, turnsOf } from './turns.ts';
export { decisionOn, stateOn, stateWith } from './derived-state.ts';
export {
  daysReplaced,
  type DaysReplaced,
  evidenceDaysChanged,
  type HeldStatus,
  holdsFrom,
  lastEvidenceDay,
} from './book-difference.ts';
export { daysOf, flowStatusesOf, segmentsOf } from './timeline.ts';
export { explanationOf } from './explanation.ts';
export { primaryFlowsOf } from './primary-flows.ts';
export { localDay } from './calendar-day.ts';
export { toldByWords } from './told-by-words.ts';
export { statusClaimOf } from './status-claim.ts';
