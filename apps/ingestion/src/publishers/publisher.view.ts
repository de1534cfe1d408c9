import { type PublisherGrade, type RecordedEvent } from '#events';
import { deriveId } from '#ledger';

/** A grade, and when it was set by which API key. */
export interface SetGrade extends PublisherGrade {
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
}

/** A publisher with the grade that holds now. */
export interface PublisherView extends SetGrade {
  readonly name: string;
}

export interface PublisherHistoryView extends PublisherView {
  /** Every grade that was set, the earliest first. */
  readonly history: readonly SetGrade[];
}

/** Names hold any character; a stream id does not. */
export function publisherStream(publisher: string): string {
  return `publisher-${deriveId('publisher', publisher)}`;
}

export function publisherView(event: RecordedEvent<'PublisherGraded'>): PublisherView {
  return { name: event.payload.publisher, ...setGrade(event) };
}

/** Null where it was never graded. */
export function publisherHistory(stream: readonly RecordedEvent[]): PublisherHistoryView | null {
  const gradings = stream.filter((event) => event.type === 'PublisherGraded');
  const last = gradings.at(-1);
  return last === undefined ? null : { ...publisherView(last), history: gradings.map(setGrade) };
}

function setGrade({ payload, position, recordedAt, actor }: RecordedEvent<'PublisherGraded'>): SetGrade {
  return { ...payload.grade, position, recordedAt, actor };
}
