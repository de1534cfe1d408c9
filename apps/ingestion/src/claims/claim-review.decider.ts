import { isDeepStrictEqual } from 'node:util';
import { type Claim, type PayloadOf } from '#events';
import { type Decider } from '../command-handling/decider.ts';
import { amendedClaim, claimByHand, contentIn, movedClaim } from './claim-by-hand.ts';
import { type Amendment, type ClaimInput, type ReadingInput, type ReviewInput } from './claim.input.ts';
import { ClaimChangedError, ClaimExistsError, ClaimReplacedError } from './claim.refusals.ts';
import {
  contextOf,
  demandJudgeable,
  isStanding,
  recordOf,
  twinOf,
  type JudgeableStatement,
  type OfStatement,
} from './judgeable-statement.ts';
import { nothingRecorded, withEvent, type ClaimRecord, type StatementRecord } from './statement-record.ts';

export interface ReviewClaim extends OfStatement {
  readonly kind: 'review';
  readonly claimId: string;
  readonly review: ReviewInput;
  /** Null decides on whatever the claim is by now. */
  readonly expectedRevision: number | null;
}

export interface AddClaim extends OfStatement {
  readonly kind: 'add';
  readonly claim: ClaimInput;
}

export interface ReadStatement extends Pick<OfStatement, 'statementId'> {
  readonly kind: 'read';
  readonly reading: ReadingInput;
}

export type ReviewCommand = ReviewClaim | AddClaim | ReadStatement;

export type ReviewEvent = {
  [Type in 'ClaimReviewed' | 'ClaimAdded' | 'StatementReviewed']: {
    readonly type: Type;
    readonly payload: PayloadOf<Type>;
  };
}['ClaimReviewed' | 'ClaimAdded' | 'StatementReviewed'];

/** What people say of a statement's claims. It decides on the statement's stream, as its coding and retraction do. */
export const claimReviewDecider: Decider<ReviewCommand, StatementRecord, ReviewEvent> = {
  initial: nothingRecorded,
  decide,
  evolve: withEvent,
};

function decide(command: ReviewCommand, statement: StatementRecord): readonly ReviewEvent[] {
  const judged = demandJudgeable(command.statementId, statement);
  switch (command.kind) {
    case 'review':
      return review(command, judged);
    case 'add':
      return add(command, judged);
    case 'read':
      return read(command, judged);
  }
}

function review(command: ReviewClaim, statement: JudgeableStatement): readonly ReviewEvent[] {
  const { claimId, expectedRevision } = command;
  const record = recordOf(claimId, statement);
  if (expectedRevision !== null && expectedRevision !== record.revision)
    throw new ClaimChangedError(claimId, expectedRevision, record.revision);
  if (record.state === 'replaced') throw new ClaimReplacedError(claimId);
  const { decision, amended, reviewer, note } = command.review;
  const { corridor } = amended ?? {};
  if (amended !== undefined && corridor !== undefined && corridor !== record.corridor)
    return move(record, { ...amended, corridor }, command, statement);
  const claim =
    amended === undefined ? record.claim : amendedClaim(record.claim, amended, statement.received.body);
  if (isSaid(record, reviewAfter[decision], claim, command.review)) return [];
  const context = contextOf(record.corridor, command, statement);
  return [
    { type: 'ClaimReviewed', payload: { ...context, decision, claim, reviewer, note, carriedFrom: null } },
  ];
}

const reviewAfter = { confirm: 'confirmed', reject: 'rejected', amend: 'amended' } as const;

/** The coder took one corridor for another: wrong there, and found here. */
function move(
  record: ClaimRecord,
  amended: Amendment & { readonly corridor: string },
  command: ReviewClaim,
  statement: JudgeableStatement,
): readonly ReviewEvent[] {
  const { statementId, review: said } = command;
  const { reviewer, note } = said;
  const { corridor } = amended;
  const claim = movedClaim(statementId, corridor, record.claim, amended, statement.received.body);
  const rejected = {
    type: 'ClaimReviewed' as const,
    payload: {
      ...contextOf(record.corridor, command, statement),
      decision: 'reject' as const,
      claim: record.claim,
      reviewer,
      note,
      carriedFrom: null,
    },
  };
  const added = {
    type: 'ClaimAdded' as const,
    payload: { ...contextOf(corridor, command, statement), claim, reviewer, note },
  };
  return [
    ...(isSaid(record, 'rejected', record.claim, said) ? [] : [rejected]),
    ...(isStanding(claim, corridor, statement) ? [] : [added]),
  ];
}

function add(command: AddClaim, statement: JudgeableStatement): readonly ReviewEvent[] {
  const { statementId, claim: input } = command;
  const { corridor, reviewer, note } = input;
  const { body } = statement.received;
  const claim = claimByHand(statementId, corridor, contentIn(input, body), body);
  if (isStanding(claim, corridor, statement)) return [];
  const twin = twinOf(claim, corridor, statement);
  if (twin !== null) throw new ClaimExistsError(twin.claim.claimId);
  return [
    { type: 'ClaimAdded', payload: { ...contextOf(corridor, command, statement), claim, reviewer, note } },
  ];
}

function read(
  { statementId, reading }: ReadStatement,
  { readBy }: JudgeableStatement,
): readonly ReviewEvent[] {
  const { reviewer, note } = reading;
  if (readBy?.reviewer === reviewer && readBy.note === note) return [];
  return [{ type: 'StatementReviewed', payload: { statementId, reviewer, note } }];
}

/** Said already by the same person: a request that is sent again is no second opinion. */
function isSaid(
  { review: before, claim: known, lastWord }: ClaimRecord,
  after: ClaimRecord['review'],
  claim: Claim,
  { reviewer, note }: Pick<ReviewInput, 'reviewer' | 'note'>,
): boolean {
  const isSamePerson = lastWord?.reviewer === reviewer && lastWord.note === note;
  return before === after && isSamePerson && isDeepStrictEqual(known, claim);
}
