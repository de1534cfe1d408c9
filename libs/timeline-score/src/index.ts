export { referenceTimeline, type ReferenceTimeline, type TimelineDay } from './reference.timeline.ts';
export { type ReferenceStatement, statementsOf } from './reference.statements.ts';
export { followedClaims, scoreTimeline, type TimelineScore } from './timeline.scorer.ts';
export { type DifferingRun, differingRuns, isAround } from './differing.runs.ts';
