import { coderFor, type CodableCorridor, type CodedClaim, type Coder } from '#coding';
import { type FetchRecord, type PayloadOf, type PublisherGrade } from '#events';
import { deriveId } from '#ledger';
import { type NewPlace } from '../intake/arrival.place.ts';
import { languageOf } from './language.detector.ts';
import { type ReceiveStatement } from './statement.decider.ts';
import { type StatementInput } from './statement.input.ts';

/** A page or feed that we fetched ourselves. */
export interface Fetched {
  readonly fetch: FetchRecord;
  /** SHA-256 in hex of the bytes of the answer. */
  readonly bytesSha256: string;
}

/** A request, or a line of one, that somebody sent. */
export interface Sent {
  readonly bytesOf: 'request' | 'line';
  /** SHA-256 in hex of those bytes. */
  readonly bytesSha256: string;
  readonly remoteAddress: string | null;
}

/** How a text came to us. */
export type Arrival = { readonly fetched: Fetched } | { readonly sent: Sent };

export interface CodingContext {
  /** The first that reads the text's language codes it. */
  readonly coders: readonly Coder[];
  readonly corridors: readonly CodableCorridor[];
  readonly grade: PublisherGrade | null;
  readonly receivedFrom: string;
  readonly receivedAt: string;
  readonly arrival: Arrival;
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

export interface CodedStatement {
  readonly received: PayloadOf<'StatementReceived'>;
  /** The claims, corridor by corridor. */
  readonly coded: readonly PayloadOf<'StatementCoded'>[];
}

/** Codes a statement, if there is a coder for its language, and cuts the claims by corridor. */
export function codeStatement(
  input: StatementInput,
  statementId: string,
  context: CodingContext,
): CodedStatement {
  const told = languageOf(input.language, input.body);
  const language = told.detectedLanguage ?? told.language;
  const coder = coderFor(context.coders, language);
  const claims = coder?.code({ statementId, ...input, language }, context.corridors) ?? [];
  const { receivedFrom, receivedAt, arrival } = context;
  return {
    received: {
      statementId,
      ...input,
      ...told,
      cluster: statementId,
      revises: null,
      custody: { receivedFrom, receivedAt, ...custodyOf(arrival) },
    },
    coded:
      coder === null
        ? []
        : byCorridor(claims).map(([corridor, own]) => ({
            ...contextOf(statementId, input, context.grade),
            corridor,
            coder: coder.id,
            coderData: coder.data,
            claims: own.map(({ corridor: _corridor, ...claim }) => claim),
          })),
  };
}

function custodyOf(arrival: Arrival) {
  if ('sent' in arrival) return { ...arrival.sent, fetch: null };
  const { bytesSha256, fetch } = arrival.fetched;
  return { bytesSha256, bytesOf: 'response' as const, remoteAddress: null, fetch };
}

/** The command that records it as one of a cluster, and as a version of what stood on its page. */
export function receiveAs(
  { received, coded }: CodedStatement,
  { revises, supersededBy }: NewPlace,
  cluster: string,
): ReceiveStatement {
  return {
    kind: 'receive',
    received: { ...received, cluster, revises },
    coded: coded.map((payload) => ({ ...payload, cluster })),
    supersededBy,
  };
}

function contextOf(
  statementId: string,
  { publisher, url, publishedAt, title }: StatementInput,
  grade: PublisherGrade | null,
) {
  return { statementId, publisher, grade, url, publishedAt, title, cluster: statementId };
}

function byCorridor(claims: readonly CodedClaim[]): [string, CodedClaim[]][] {
  const groups = Map.groupBy(claims, ({ corridor }) => corridor);
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}
