import { createHash, randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { coderFor, type Coder } from '#coding';
import { type Claim, type PayloadOf, type RecordedEvent } from '#events';
import { VersionConflictError, type Cause, type Ledger, type NewEvent } from '#ledger';
import { statementRecordOf, withEvent, type StatementRecord } from '../claims/statement-record.ts';
import { decideAndAppend } from '../command-handling/decide-and-append.ts';
import { type Registry } from '../registry.ts';
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
  readonly coder: Coder;
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

function planOf({ coder, registry, corridor, after }: RecodingParts) {
  const corridorsHash = createHash('sha256').update(JSON.stringify(registry.codable())).digest('hex');
  return { coder: coder.id, coderData: coder.data, corridorsHash, corridor, after };
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
    const newEvents = events.map((event): NewEvent => ({ ...event, eventId: randomUUID() }));
    const expectedVersion = stream.at(-1)?.streamVersion ?? 0;
    appends.push(
      ledger
        .append({ streamId, expectedVersion, events: newEvents, cause })
        .catch((error: unknown) => decideAnew(error, ledger, streamId, command, cause)),
    );
  }
  await Promise.all(appends);
  return counted;
}

/** A person, or a retraction, was faster. */
async function decideAnew(
  error: unknown,
  ledger: Ledger,
  streamId: string,
  command: RecodeStatement,
  cause: Cause,
): Promise<void> {
  if (!(error instanceof VersionConflictError)) throw error;
  await decideAndAppend(ledger, recodingDecider, streamId, command, cause);
}

function commandFor(statementId: string, { registry, coder, corridor }: RecodingParts): RecodeStatement {
  return {
    statementId,
    gradeOf: (publisher) => registry.gradeOf(publisher),
    coder: coder.id,
    coderData: coder.data,
    code: (received) => claimsByCorridor(received, coder, registry),
    corridor,
  };
}

function claimsByCorridor(
  received: PayloadOf<'StatementReceived'>,
  coder: Coder,
  registry: Registry,
): ReadonlyMap<string, readonly Claim[]> | null {
  if (coderFor([coder], received.language) === null) return null;
  const groups = Map.groupBy(coder.code(received, registry.codable()), ({ corridor }) => corridor);
  return new Map(
    [...groups].map(([corridor, claims]) => [
      corridor,
      claims.map(({ corridor: _corridor, ...claim }) => claim),
    ]),
  );
}
