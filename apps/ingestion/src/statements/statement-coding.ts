import { createHash } from 'node:crypto';
import { type CodableCorridor, type CodedClaim, type Coder } from '#coding';
import { type FetchRecord, type PayloadOf, type PublisherGrade } from '#events';
import { deriveId } from '#ledger';
import { type ReceiveStatement } from './statement.decider.ts';
import { type StatementInput } from './statement.input.ts';

/** A page or feed that we fetched ourselves. */
export interface Fetched {
  readonly fetch: FetchRecord;
  /** SHA-256 in hex of the bytes of the answer. */
  readonly bytesSha256: string;
}

export interface CodingContext {
  readonly coder: Coder;
  readonly corridors: readonly CodableCorridor[];
  readonly grade: PublisherGrade | null;
  readonly receivedFrom: string;
  readonly receivedAt: string;
  readonly fetched: Fetched | null;
}

export class UnknownCorridorError extends Error {
  readonly code = 'unknown_corridor';
  readonly errors;
  constructor(corridor: string, index: number) {
    super(`"${corridor}" is not a registered corridor.`);
    this.errors = [{ pointer: `/about/${index}`, message: `"${corridor}" is not a registered corridor` }];
  }
}

/** @throws UnknownCorridorError */
export function demandRegistered(about: readonly string[], corridors: readonly CodableCorridor[]): void {
  about.forEach((corridor, index) => {
    if (!corridors.some(({ id }) => id === corridor)) throw new UnknownCorridorError(corridor, index);
  });
}

/** The same text of the same publisher is the same statement, wherever and however often it is sent. */
export function statementIdOf({ publisher, body }: StatementInput): string {
  return deriveId('statement', publisher, body);
}

/**
 * Codes a statement and cuts the claims by corridor.
 * @throws UnknownCorridorError when `about` names a corridor that is not registered
 */
export function codeStatement(input: StatementInput, context: CodingContext): ReceiveStatement {
  demandRegistered(input.about, context.corridors);
  const statementId = statementIdOf(input);
  const claims = context.coder.code({ statementId, ...input }, context.corridors);
  const { receivedFrom, receivedAt, fetched } = context;
  const bytesSha256 = fetched?.bytesSha256 ?? createHash('sha256').update(input.body, 'utf8').digest('hex');
  return {
    kind: 'receive',
    received: {
      statementId,
      ...input,
      languageBy: input.language === null ? null : 'publisher',
      cluster: statementId,
      revises: null,
      custody: { receivedFrom, receivedAt, bytesSha256, fetch: fetched?.fetch ?? null },
    },
    coded: byCorridor(claims).map(([corridor, own]) => codedFor(corridor, own, statementId, input, context)),
  };
}

function codedFor(
  corridor: string,
  claims: readonly CodedClaim[],
  statementId: string,
  { publisher, url, publishedAt, title }: StatementInput,
  { coder, grade }: CodingContext,
): PayloadOf<'StatementCoded'> {
  return {
    statementId,
    corridor,
    publisher,
    grade,
    url,
    publishedAt,
    title,
    cluster: statementId,
    coder: coder.id,
    coderData: coder.data,
    claims: claims.map(({ corridor: _corridor, ...claim }) => claim),
  };
}

function byCorridor(claims: readonly CodedClaim[]): [string, CodedClaim[]][] {
  const groups = Map.groupBy(claims, ({ corridor }) => corridor);
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}
