import { type PayloadOf } from '#events';
import {
  daysReplaced,
  type DerivedState,
  flowStatusesOf,
  lastEvidenceDay,
  latestDecision,
  stateOn,
  type TurnChange,
} from '#status';
import { type CorridorEvidence, type EvidenceEvent, stateOf } from './corridor-evidence.ts';

export type StatusDecided = { readonly cause: EvidenceEvent; readonly validFrom: string | null } & (
  | { readonly type: 'CorridorStatusChanged'; readonly payload: PayloadOf<'CorridorStatusChanged'> }
  | { readonly type: 'CorridorStatusCorrected'; readonly payload: PayloadOf<'CorridorStatusCorrected'> }
);

/** As many as an event can hold. */
const replacedMax = 100;

/**
 * What an event decides: that the latest status is another one, that days which had been decided were otherwise, both,
 * or nothing.
 */
export function decisionsOn(
  before: CorridorEvidence | null,
  after: CorridorEvidence | null,
  turns: TurnChange,
  cause: EvidenceEvent,
): readonly StatusDecided[] {
  // A corridor's first state is its baseline: it was given, not decided.
  if (before === null || after === null) return [];
  if (turns.ended.length + turns.begun.length === 0) return [];
  return [...changed(before, after, cause), ...corrected(before, after, turns, cause)];
}

function changed(
  before: CorridorEvidence,
  after: CorridorEvidence,
  cause: EvidenceEvent,
): readonly StatusDecided[] {
  const from = latestDecision(before.book).status;
  if (from === latestDecision(after.book).status) return [];
  const state = stateOf(after);
  const { status: to, evidence, lastEvidenceOn: _, flows: _flows, ...decision } = state;
  const payload = { ...decided(after, cause, evidence), from, to, ...decision, flows: flowStatusesOf(state) };
  return [{ type: 'CorridorStatusChanged', payload, cause, validFrom: decision.since }];
}

/**
 * Days after the last evidence were not decided but gone on with, so only days up to it can be corrected.
 */
function corrected(
  before: CorridorEvidence,
  after: CorridorEvidence,
  { ended, begun }: TurnChange,
  cause: EvidenceEvent,
): readonly StatusDecided[] {
  const through = lastEvidenceDay(before.book);
  if (through === null || ![...ended, ...begun].some(({ from }) => from <= through)) return [];
  const replaced = daysReplaced(before.book, after.book, through);
  const [first] = replaced;
  const last = replaced.at(-1);
  if (first === undefined || last === undefined) return [];
  const payload = {
    ...decided(after, cause, stateOn(after.book, last.to).evidence),
    replaced: replaced.slice(0, replacedMax),
    replacedCount: replaced.length,
  };
  return [{ type: 'CorridorStatusCorrected', payload, cause, validFrom: first.from }];
}

function decided(after: CorridorEvidence, cause: EvidenceEvent, evidence: DerivedState['evidence']) {
  return {
    corridor: after.corridor,
    corridorName: after.definition.name,
    causedBy: cause.position,
    causedByType: cause.type,
    rule: after.book.settings.rules.version,
    evidence: [...evidence],
  };
}
