import { type Pool } from 'pg';
import { type RecordedEvent } from '#events';
import { AppendHint } from './append/append-hint.ts';
import { type AppendOutcome } from './append/append-statement.ts';
import { GroupCommit } from './append/group-commit.ts';
import { GroupWriter } from './append/group-writer.ts';
import { prepareAppend, type PreparedAppend } from './append/prepared-append.ts';
import { recordedBefore } from './append/recorded-before.ts';
import { VersionConflictError } from './ledger.error.ts';
import { type AppendRequest, type ErasingLedger, type LedgerHead, type LedgerPage } from './ledger.ts';
import { type AppendedListener, AppendListener } from './reading/append-listener.ts';
import { failureOf, unavailable } from './postgres-failure.ts';
import { EntryReader } from './reading/entry-reader.ts';
import { readableEvents, readableStream } from './reading/readable-events.ts';
import { isReadable, type LedgerEntry } from './reading/recorded-row.ts';

export interface LedgerSettings {
  /** Its role MUST be a member of `ledgerWriterRole` to append, of `ledgerReaderRole` to read. Stays the caller's. */
  readonly pool: Pool;
  /** How long a lost connection or a busy server is bridged before the caller hears of it; default 10 s. */
  readonly retryForMs?: number;
  /** Bounds of what may wait; beyond them `append` rejects with `LedgerOverloadedError`. */
  readonly waitingEventsMax?: number;
  readonly waitingBytesMax?: number;
}

export function openLedger(settings: LedgerSettings): PostgresLedger {
  return new PostgresLedger(settings);
}

export class PostgresLedger implements ErasingLedger {
  private readonly pool: Pool;
  private readonly commit: GroupCommit<PreparedAppend, AppendOutcome>;
  private readonly reader: EntryReader;
  private readonly hint: AppendHint;
  private readonly listener: AppendListener;

  constructor({
    pool,
    retryForMs = 10_000,
    waitingEventsMax = 20_000,
    waitingBytesMax = 128_000_000,
  }: LedgerSettings) {
    this.pool = pool;
    // An idle connection that the server ends is replaced by the pool; without a listener it would end us.
    pool.on('error', () => undefined);
    const writer = new GroupWriter(pool, retryForMs);
    this.commit = new GroupCommit(
      (group) => writer.write(group),
      { eventsMax: 1_000, bytesMax: 8_000_000 },
      { eventsMax: waitingEventsMax, bytesMax: waitingBytesMax },
    );
    this.reader = new EntryReader(pool);
    this.hint = new AppendHint(pool);
    this.listener = new AppendListener(pool.options);
  }

  async append(request: AppendRequest): Promise<readonly RecordedEvent[]> {
    const append = prepareAppend(request);
    const outcome = await this.commit.submit(append);
    switch (outcome.kind) {
      case 'appended': {
        const recorded = recordedNow(append, outcome);
        this.hint.touch(outcome.position + recorded.length);
        return recorded;
      }
      case 'known':
        return recordedBefore(this.pool, append);
      case 'conflict':
        throw new VersionConflictError(
          request.streamId,
          Number(request.expectedVersion),
          outcome.actualVersion,
        );
    }
  }

  readStream(streamId: string): Promise<readonly RecordedEvent[]> {
    return readableStream(this.reader, streamId);
  }

  read(page: LedgerPage): Promise<readonly RecordedEvent[]> {
    return readableEvents(this.reader, page);
  }

  async readAt(positions: readonly number[]): Promise<readonly RecordedEvent[]> {
    return (await this.reader.at(positions)).filter(isReadable);
  }

  /** The pool's role MUST be a member of `ledgerEraserRole`. */
  async erase(position: number, stubs: readonly string[]): Promise<void> {
    try {
      await this.pool.query('SELECT ledger.erase($1, $2)', [position, stubs]);
    } catch (error) {
      throw failureOf(error, true) === 'rejected' ? error : unavailable(error);
    }
  }

  /** As `read`, with the events whose payload is gone and has no stub; theirs is null. */
  readEntries(page: LedgerPage): Promise<readonly LedgerEntry[]> {
    return this.reader.page(page);
  }

  head(): Promise<LedgerHead> {
    return this.reader.head();
  }

  positionAt(instant: Date): Promise<number> {
    return this.reader.positionAt(instant);
  }

  /** A hint that something was appended, by any process; polling stays the truth. Answers the function that ends it. */
  onAppended(listener: AppendedListener): () => void {
    return this.listener.onAppended(listener);
  }

  /** Whether hints can be heard at the moment. */
  get listening(): boolean {
    return this.listener.listening;
  }

  /** Waits for the appends on their way; the pool is the caller's to end, afterwards. */
  async close(): Promise<void> {
    await this.commit.drained();
    await this.listener.close();
  }
}

function recordedNow(
  { request: { streamId, cause }, events }: PreparedAppend,
  { position, streamVersion, recordedAt }: AppendOutcome & { kind: 'appended' },
): readonly RecordedEvent[] {
  return events.map(({ event, schemaVersion, key }, index) => {
    const { type, payload, eventId, validFrom = null } = event;
    return {
      position: position + index + 1,
      streamId,
      streamVersion: streamVersion + index + 1,
      eventId,
      type,
      schemaVersion,
      payload,
      key,
      validFrom,
      recordedAt,
      ...cause,
    } as RecordedEvent;
  });
}
