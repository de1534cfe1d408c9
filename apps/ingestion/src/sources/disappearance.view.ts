import { type RecordedEvent } from '#events';

/** A source that no longer shows a statement. */
export interface Disappearance {
  readonly source: string;
  readonly reason: 'not_listed' | 'gone';
  readonly lastSeenAt: string;
  /** When it was found missing. */
  readonly recordedAt: string;
}

/** Where a statement is missing now, by the events of its stream. */
export function disappearancesIn(history: readonly RecordedEvent[]): readonly Disappearance[] {
  const missing = new Map<string, Disappearance>();
  for (const event of history) {
    if (event.type === 'StatementDisappeared') {
      const { source, reason, lastSeenAt } = event.payload;
      missing.set(source, { source, reason, lastSeenAt, recordedAt: event.recordedAt });
    } else if (event.type === 'StatementReappeared') {
      missing.delete(event.payload.source);
    }
  }
  return [...missing.values()];
}
