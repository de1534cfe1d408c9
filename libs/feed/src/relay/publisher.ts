import { type RecordedEvent } from '#events';

/** An event on its way out, with its place in its lane. */
export interface OutgoingRecord {
  readonly event: RecordedEvent;
  readonly lane: number;
  /** Position of the event before it in the same lane, 0 for none. */
  readonly previous: number;
}

export interface Publisher {
  readonly topic: string;
  /**
   * Resolves when the transport holds every record for good. A rejection means that any of them may be there or
   * not; publishing all of them again is safe. MUST NOT be called again before it has settled.
   */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  close(): Promise<void>;
}
