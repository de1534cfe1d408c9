import { type Claim, type PayloadOf, type PublisherGrade } from '#events';
import { UnknownStatementError } from '../statements/statement.decider.ts';
import { StatementEndedError, StatementRedactedError, UnknownClaimError } from './claim.refusals.ts';
import { type ClaimRecord, type StatementContext, type StatementRecord } from './statement-record.ts';

/** A statement as it can be judged: received, with its words, and neither retracted nor superseded. */
export interface JudgeableStatement extends StatementRecord {
  readonly received: PayloadOf<'StatementReceived'>;
}

export interface OfStatement {
  readonly statementId: string;
  /** A publisher's grade now, for a statement that was never coded. */
  readonly gradeOf: (publisher: string) => PublisherGrade | null;
}

export function demandJudgeable(
  statementId: string,
  { received, ...statement }: StatementRecord,
): JudgeableStatement {
  if (received === null) throw new UnknownStatementError(statementId);
  if (statement.isRedacted) throw new StatementRedactedError(statementId);
  if (statement.ended !== null) throw new StatementEndedError(statementId, statement.ended);
  return { ...statement, received };
}

export function recordOf(claimId: string, { corridors }: JudgeableStatement): ClaimRecord {
  for (const { records } of corridors.values()) {
    const record = records.get(claimId);
    if (record !== undefined) return record;
  }
  throw new UnknownClaimError(claimId);
}

export function isStanding({ claimId }: Claim, corridor: string, { corridors }: JudgeableStatement): boolean {
  return corridors.get(corridor)?.records.get(claimId)?.state === 'standing';
}

/** Of one sentence, corridor, type, status and speaker there is one claim, but for events with effects of their own. */
export function twinOf(
  claim: Claim,
  corridor: string,
  { corridors }: JudgeableStatement,
): ClaimRecord | null {
  const { start, end, type, status, speaker, effect } = claim;
  const records = [...(corridors.get(corridor)?.records.values() ?? [])];
  const twin = records.find(
    ({ state, claim: other }) =>
      state === 'standing' &&
      other.start === start &&
      other.end === end &&
      other.type === type &&
      other.status === status &&
      other.speaker === speaker &&
      (other.effect === effect || other.effect === null || effect === null),
  );
  return twin ?? null;
}

/** As the statement was coded about that corridor, else about another: the grade is that of the moment it came. */
export function contextOf(
  corridor: string,
  { statementId, gradeOf }: OfStatement,
  statement: JudgeableStatement,
): StatementContext {
  const coded = statement.corridors.get(corridor) ?? statement.corridors.values().next().value;
  if (coded !== undefined) return { ...coded.context, corridor };
  const { publisher, url, publishedAt, title, cluster } = statement.received;
  return { statementId, corridor, publisher, grade: gradeOf(publisher), url, publishedAt, title, cluster };
}
