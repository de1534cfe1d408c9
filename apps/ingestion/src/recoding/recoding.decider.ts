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
import { isInSamePlace, isSameClaim, saysTheSame } from './coding-difference.ts';

export interface RecodeStatement extends OfStatement {
  readonly coder: string;
  readonly coderData: string | null;
  /** The claims that the coder finds now, by corridor. Pure; null where it does not read the language. */
  readonly code: (received: PayloadOf<'StatementReceived'>) => ReadonlyMap<string, readonly Claim[]> | null;
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
  if (received === null || statement.ended !== null) return [];
  const coded = command.code(received);
  if (coded === null) return [];
  const corridors = [...new Set([...statement.corridors.keys(), ...coded.keys()])].sort();
  return corridors
    .filter((corridor) => command.corridor === null || command.corridor === corridor)
    .flatMap((corridor) => about(corridor, coded.get(corridor) ?? [], command, { ...statement, received }));
}

function about(
  corridor: string,
  found: readonly Claim[],
  command: RecodeStatement,
  statement: JudgeableStatement,
): readonly RecodingEvent[] {
  const known = statement.corridors.get(corridor);
  const before = known?.coding ?? [];
  const claims = found.filter((claim) => !isJudgedOtherwise(claim, known));
  if (saysTheSame(before, found) || saysTheSame(before, claims)) return [];
  const { coder, coderData } = command;
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
