import { type Claim, type PayloadOf } from '#events';
import { contextOf, type JudgeableStatement, type OfStatement } from '../claims/judgeable-statement.ts';
import {
  nothingRecorded,
  withEvent,
  type ClaimRecord,
  type CorridorRecord,
  type StatementRecord,
} from '../claims/statement-record.ts';
import { type Decider } from '../command-handling/decider.ts';
import { type PresentCoding } from './present-coding.ts';
import { isInSamePlace, isSameClaim, saysTheSame } from './coding-difference.ts';

export interface RecodeStatement extends OfStatement {
  /** What the coders make of it now; pure. */
  readonly code: (received: PayloadOf<'StatementReceived'>) => PresentCoding;
  /** All corridors when null. */
  readonly corridor: string | null;
}

export type RecodingEvent =
  | { readonly type: 'StatementCoded'; readonly payload: PayloadOf<'StatementCoded'> }
  | { readonly type: 'ClaimReviewed'; readonly payload: PayloadOf<'ClaimReviewed'> };

/** What a newer coder changes in a statement: nothing where it says the same, and nothing that a person has decided. */
export const recodingDecider: Decider<RecodeStatement, StatementRecord, RecodingEvent> = {
  initial: nothingRecorded,
  decide,
  evolve: withEvent,
};

function decide(
  command: RecodeStatement,
  { received, ...statement }: StatementRecord,
): readonly RecodingEvent[] {
  if (received === null || statement.ended !== null || statement.isRedacted) return [];
  const coding = command.code(received);
  const corridors = [...new Set([...statement.corridors.keys(), ...coding.claims.keys()])].sort();
  return corridors
    .filter((corridor) => command.corridor === null || command.corridor === corridor)
    .flatMap((corridor) => about(corridor, coding, command, { ...statement, received }));
}

function about(
  corridor: string,
  { coder, coderData, claims: coded }: PresentCoding,
  command: RecodeStatement,
  statement: JudgeableStatement,
): readonly RecodingEvent[] {
  const known = statement.corridors.get(corridor);
  const found = coded.get(corridor) ?? [];
  const before = known?.coding ?? [];
  const claims = found.filter((claim) => !isJudgedOtherwise(claim, known));
  if (saysTheSame(before, found) || saysTheSame(before, claims)) return [];
  const context = contextOf(corridor, command, statement);
  return [
    { type: 'StatementCoded', payload: { ...context, coder, coderData, claims } },
    ...claims.flatMap((claim) => carriedRejection(claim, known, context)),
  ];
}

/**
 * A person has said what this kind of claim in this sentence is, and the coder now says something else: the person's
 * claim stays and the coder's is left out. Not where the sentence had a claim of its own like the coder's, as when two
 * speakers are quoted and the person judged the other one.
 */
function isJudgedOtherwise(claim: Claim, known: CorridorRecord | undefined): boolean {
  const records = [...(known?.records.values() ?? [])];
  if (records.some((record) => record.claim.claimId === claim.claimId)) return false;
  const byPerson = records.filter(
    ({ state, review, claim: judged }) =>
      state === 'standing' && review !== 'pending' && isInSamePlace(judged, claim),
  );
  if (byPerson.length === 0) return false;
  return byPerson.some(isLike(claim)) || !records.some(isLike(claim));
}

/** The first coders gave the same claim another id: what a person found wrong stays wrong. */
function carriedRejection(
  claim: Claim,
  known: CorridorRecord | undefined,
  context: ReturnType<typeof contextOf>,
): readonly RecodingEvent[] {
  const records = [...(known?.records.values() ?? [])];
  if (records.some((record) => record.claim.claimId === claim.claimId)) return [];
  const rejected = records.find((record) => record.state === 'rejected' && isLike(claim)(record));
  if (rejected?.lastWord == null) return [];
  const { reviewer, note } = rejected.lastWord;
  const carriedFrom = rejected.claim.claimId;
  return [
    {
      type: 'ClaimReviewed',
      payload: { ...context, decision: 'reject', claim, reviewer, note, carriedFrom },
    },
  ];
}

function isLike(claim: Claim): (record: ClaimRecord) => boolean {
  return (record) => isSameClaim(record.claim, claim);
}
