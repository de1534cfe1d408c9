import { createHash } from 'node:crypto';
import { linesOf, type Line } from '#ndjson';
import { decode, parseInput, InvalidInputError, type FieldFault } from '#platform';
import { type ReceivedStatement } from './receive-statement.command.ts';
import { statementInputAt, type StatementInput } from './statement.input.ts';

export type BatchResult =
  | ({ readonly line: number } & ReceivedStatement)
  | {
      readonly line: number;
      readonly error: {
        readonly code: string;
        readonly detail: string;
        readonly errors?: readonly FieldFault[];
      };
    };

/** @param bytesSha256 in hex, of the line without its line feed */
type ReceiveLine = (input: StatementInput, bytesSha256: string) => Promise<ReceivedStatement>;

/** A statement of 1 MiB with every character escaped, and the fields around it. */
const lineBytesMax = 7 * 1_024 * 1_024;
/** Lines worked on at once: enough for the ledger's group commit, few enough to hold in memory. */
const linesInFlightMax = 32;

/**
 * Receives one statement a line and answers one result a line, in the order of the lines. A bad line gives its
 * fault; the others go in.
 */
export async function* receiveBatch(
  chunks: AsyncIterable<Buffer>,
  receive: ReceiveLine,
  now: () => Date,
): AsyncGenerator<BatchResult> {
  const inFlight: Promise<BatchResult>[] = [];
  for await (const line of linesOf(chunks, lineBytesMax)) {
    inFlight.push(receiveLine(line, receive, now));
    const [oldest] = inFlight;
    if (oldest === undefined || inFlight.length < linesInFlightMax) continue;
    yield await oldest;
    void inFlight.shift();
  }
  for (const result of inFlight) yield await result;
}

async function receiveLine(line: Line, receive: ReceiveLine, now: () => Date): Promise<BatchResult> {
  try {
    const input = parseInput(statementInputAt(now()), jsonOf(line));
    return { line: line.number, ...(await receive(input, sha256Of(line))) };
  } catch (error) {
    return { line: line.number, error: faultOf(error) };
  }
}

function sha256Of({ bytes }: Line): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
}

function jsonOf({ bytes }: Line): unknown {
  if (bytes === null) throw new InvalidInputError([{ pointer: '', message: 'is larger than 7 MiB' }]);
  const text = decode(bytes);
  if (text === undefined) throw new InvalidInputError([{ pointer: '', message: 'is not valid UTF-8' }]);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InvalidInputError([{ pointer: '', message: `is not valid JSON: ${(error as Error).message}` }]);
  }
}

function faultOf(error: unknown) {
  const { code, message, errors } = error as {
    code?: unknown;
    message?: string;
    errors?: readonly FieldFault[];
  };
  // Only refusals have a code that is ours to show; anything else may tell of our insides.
  if (typeof code !== 'string' || !/^[a-z_]+$/.test(code)) {
    return { code: 'unexpected', detail: 'The line could not be recorded; repeat it.' };
  }
  return { code, detail: message ?? code, ...(errors === undefined ? {} : { errors }) };
}
