import { type ClaimEvent } from '#claims';
import { type CorridorDefinition, type RecordedEvent } from '#events';
import {
  addClaims,
  emptyBook,
  replaceClaims,
  ruleVersion,
  stateOn,
  underRules,
  type DerivedState,
  type EvidenceBook,
  type StatusClaim,
} from '#status';
import { type ClaimChange, type StoredClaim } from './claim-versions.ts';

/** The events that a corridor's status is made of. */
export type EvidenceEvent = RecordedEvent<'CorridorRegistered' | 'CorridorAmended' | ClaimEvent['type']>;

/** What is known of a corridor after some ledger position. */
export interface CorridorEvidence {
  readonly corridor: string;
  readonly definition: CorridorDefinition;
  readonly book: EvidenceBook;
  readonly position: number;
}

/** Beyond every day with evidence: the state there is the latest one, which goes on without news. */
const latest = '9999-12-31';

export function evidenceOf(
  corridor: string,
  definition: CorridorDefinition,
  claims: readonly StatusClaim[],
  position: number,
): CorridorEvidence {
  return { corridor, definition, book: addClaims(emptyBook(definition), claims), position };
}

/** With its evidence; dear, so asked for where it is written or told, not after each event. */
export function stateOf({ book }: CorridorEvidence): DerivedState {
  return stateOn(book, latest);
}

/**
 * One event further, with what it changes among the claims. Claims about a corridor that was never registered are of
 * no use to anyone: the registry codes registered corridors alone, and their registration comes before, under the
 * same key.
 */
export function learn(
  evidence: CorridorEvidence | null,
  event: EvidenceEvent,
  { gone, come }: ClaimChange,
): CorridorEvidence | null {
  switch (event.type) {
    case 'CorridorRegistered':
    case 'CorridorAmended': {
      const { corridor, definition } = event.payload;
      if (evidence === null) return evidenceOf(corridor, definition, [], event.position);
      return withBook({ ...evidence, definition }, underRules(evidence.book, definition), event.position);
    }
    case 'StatementCoded':
    case 'ClaimReviewed':
    case 'ClaimAdded':
    case 'StatementRetracted':
    case 'StatementSuperseded': {
      if (evidence === null) return null;
      const book = replaceClaims(evidence.book, gone.map(statusClaimOf), come.map(statusClaimOf));
      return withBook(evidence, book, event.position);
    }
  }
}

/** The decision that an event led to, or null where the status stays as it was. */
export function decisionOn(before: CorridorEvidence | null, after: CorridorEvidence | null) {
  // A corridor's first state is its baseline: it was given, not decided.
  if (before === null || after === null) return null;
  const from = statusOf(before);
  if (from === statusOf(after)) return null;
  const { status, evidence, lastEvidenceOn: _, ...decision } = stateOf(after);
  return {
    type: 'CorridorStatusChanged' as const,
    payload: {
      corridor: after.corridor,
      corridorName: after.definition.name,
      from,
      to: status,
      ...decision,
      disputedBy: [...decision.disputedBy],
      flows: {},
      causedBy: after.position,
      causedByType: null,
      rule: ruleVersion,
      evidence: evidence.map((item) => ({
        ...item,
        rules: [],
        day: null,
        flows: [],
        cluster: null,
        countedWith: null,
      })),
    },
  };
}

/** Without what the rules do not ask for: the books of many corridors are held in memory. */
function statusClaimOf({
  claimId,
  type,
  status,
  presupposed,
  speaker,
  modality,
  validFrom,
  quote,
  statementId,
  publisher,
  grade,
  publishedAt,
  url,
}: StoredClaim): StatusClaim {
  return {
    claimId,
    type,
    status,
    presupposed,
    speaker,
    modality,
    validFrom,
    quote,
    statementId,
    publisher,
    grade,
    publishedAt,
    url,
  };
}

function withBook(evidence: CorridorEvidence, book: EvidenceBook, position: number): CorridorEvidence {
  return { ...evidence, book, position };
}

/** The status of `stateOf`, which the book keeps at hand. */
function statusOf(evidence: CorridorEvidence): DerivedState['status'] {
  return evidence.book.headlines.at(-1) ?? stateOf(evidence).status;
}
