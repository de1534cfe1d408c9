import { type DomainEvent, type EventType, type RecordedEvent } from '#events';

/** The append-only record of everything that happened. */
export interface Ledger {
  /**
   * Appends to one stream, all or nothing, and answers the recorded events.
   * MUST be idempotent by event id: the same ids with the same content answer what was recorded the first time.
   * MUST refuse with `VersionConflictError` when the stream is not at `expectedVersion`.
   * When it rejects with `AppendOutcomeUnknownError` the events may be recorded or not; repeating is safe.
   */
  append(request: AppendRequest): Promise<readonly RecordedEvent[]>;
  /** Events of one stream in order of version. */
  readStream(streamId: string): Promise<readonly RecordedEvent[]>;
  /** A page of events after a position, in ledger order, optionally of some types only. */
  read(page: LedgerPage): Promise<readonly RecordedEvent[]>;
  head(): Promise<LedgerHead>;
  /**
   * The last position recorded at or before the instant; 0 when nothing was. recordedAt never goes back as positions
   * rise, so a binary search over the primary key finds it.
   */
  positionAt(instant: Date): Promise<number>;
}

/** What a redaction needs beyond it. */
export interface ErasingLedger extends Ledger {
  /** The events at the given positions, in ledger order; at most 10,000. */
  readAt(positions: readonly number[]): Promise<readonly RecordedEvent[]>;
  /**
   * Carries out the `PayloadsErased` event at a position: its payloads and their salts vanish, and the stubs, in RFC
   * 8785 form and in the event's order, are read in their place. Repeating it is safe.
   */
  erase(position: number, stubs: readonly string[]): Promise<void>;
}

export interface AppendRequest {
  readonly streamId: string;
  /** 0 = the stream must not exist; `'any'` = no check. */
  readonly expectedVersion: number | 'any';
  readonly events: readonly NewEvent[];
  readonly cause: Cause;
}

export type NewEvent = DomainEvent & {
  /** UUID; derive it (`deriveId`) where a repetition must be the same event. */
  readonly eventId: string;
  readonly validFrom?: string | null;
};

export interface Cause {
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent: string | null;
}

export interface LedgerPage {
  readonly after: number;
  /** Last position to read, inclusive. */
  readonly through?: number;
  /** 1 to 10,000. */
  readonly limit: number;
  readonly types?: readonly EventType[];
}

export interface LedgerHead {
  readonly position: number;
  /** RFC 3339, microseconds; null when the ledger is empty. */
  readonly recordedAt: string | null;
}
