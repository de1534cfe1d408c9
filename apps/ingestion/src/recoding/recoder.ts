import { createHash, randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { type PayloadOf, type RecordedEvent } from '#events';
import { type Ledger } from '#ledger';
import { statementRecordOf, withEvent, type StatementRecord } from '../claims/statement-record.ts';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { type Coders } from '../ingestion.coders.ts';
import { type Registry } from '../registry.ts';
import { nameOf, presentCoding, type PresentCoding } from './present-coding.ts';
import {
  differencesIn,
  nothingCounted,
  withStatement,
  type RecodingCounts,
  type StatementDifference,
} from './recoding-counts.ts';
import { recodingDecider, type RecodeStatement } from './recoding.decider.ts';
import { noteProgress, takeUpRun, type RecodingRun } from './recoding-run.store.ts';

export interface RecodingParts {
  readonly ledger: Ledger;
  readonly pool: Pool;
  readonly registry: Registry;
  readonly coders: Coders;
  readonly dryRun: boolean;
  readonly corridor: string | null;
  /** Statements after this ledger position. */
  readonly after: number;
  /** Stops after the batch in hand. */
  readonly signal: AbortSignal;
  /** Told of every statement, as it was and as it is coded now. */
  readonly onStatement: (before: StatementRecord, after: StatementRecord) => void;
  /** Told after each batch. */
  readonly onProgress: (run: RecodingRun) => void;
  /** Told of each statement and corridor that is coded otherwise than before. */
  readonly onDifference: (difference: StatementDifference) => void;
}

/** Statements in memory at once; each has at most 1 MiB of text. */
const batchMax = 50;

/**
 * Applies the coder to every statement that counts, in ledger order. Where it says what is recorded already nothing is
 * appended, so that a run can be killed anywhere and begun again.
 */
export async function recode(parts: RecodingParts): Promise<RecodingRun> {
  const { ledger, pool, registry, dryRun, after, signal, onProgress } = parts;
  await registry.catchUp();
  const { position: head } = await ledger.head();
  let run = dryRun
    ? { id: randomUUID(), through: head, position: after, counts: nothingCounted }
    : await takeUpRun(pool, planOf(parts), head);
  while (run.position < run.through && !signal.aborted) {
    const { position, through } = run;
    const page = await ledger.read({
      after: position,
      through,
      limit: batchMax,
      types: ['StatementReceived'],
    });
    const counts = await recodeBatch(page, run, parts);
    run = { ...run, counts, position: page.length < batchMax ? through : (page.at(-1)?.position ?? through) };
    if (!dryRun) await noteProgress(pool, run);
    onProgress(run);
  }
  return run;
}

function planOf({ coders, registry, corridor, after }: RecodingParts) {
  const corridorsHash = createHash('sha256').update(JSON.stringify(registry.codable())).digest('hex');
  const { coder, coderData } = nameOf(coders);
  return { coder, coderData, corridorsHash, corridor, after };
}

/** Read at once and decided one after the other, so that what is appended stands in the order of the statements. */
async function recodeBatch(
  page: readonly RecordedEvent[],
  { id, counts }: RecodingRun,
  parts: RecodingParts,
): Promise<RecodingCounts> {
  const { ledger, dryRun, onStatement, onDifference } = parts;
  const streams = await Promise.all(page.map(({ streamId }) => ledger.readStream(streamId)));
  const cause = { actor: 'recoding', correlationId: id, causationId: null, traceparent: null };
  const appends: Promise<unknown>[] = [];
  let counted = counts;
  for (const [index, { streamId, payload }] of page.entries()) {
    const stream = streams[index] ?? [];
    const record = statementRecordOf(stream);
    const { statementId } = payload as PayloadOf<'StatementReceived'>;
    const command = commandFor(statementId, parts);
    const events = recodingDecider.decide(command, record);
    const differences = differencesIn(events, (corridor) => record.corridors.get(corridor)?.coding ?? []);
    onStatement(record, events.reduce(withEvent, record));
    differences.forEach(onDifference);
    counted = withStatement(counted, events, differences);
    if (dryRun || events.length === 0) continue;
    // When a person, or a retraction, was faster, it is decided anew.
    appends.push(decideAndAppend(ledger, recodingDecider, streamId, command, cause, { known: stream }));
  }
  await Promise.all(appends);
  return counted;
}

function commandFor(statementId: string, { registry, coders, corridor }: RecodingParts): RecodeStatement {
  const codings = new Map<object, PresentCoding>();
  return {
    statementId,
    gradeOf: (publisher) => registry.gradeOf(publisher),
    // Once, although it is decided for the report and again for the ledger.
    code: (received) => {
      const coding = codings.get(received) ?? presentCoding(received, coders, registry.codable());
      codings.set(received, coding);
      return coding;
    },
    corridor,
  };
}
