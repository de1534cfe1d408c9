import { TypeOverrides } from 'pg';
import { type EventType, type RecordedEvent, type RecordedMetadata, upcast } from '#events';

/** An event whose payload is gone, and has no stub: that it happened, when and through whom stays on record. */
export type ErasedEvent = { readonly type: EventType; readonly payload: null } & RecordedMetadata;
export type LedgerEntry = RecordedEvent | ErasedEvent;

/** Read as arrays, since building an object a row twice costs a fifth of the reading. */
export type RecordedRow = readonly [
  position: number,
  streamId: string,
  streamVersion: number,
  eventId: string,
  type: EventType,
  schemaVersion: number,
  payload: unknown,
  key: string,
  validFrom: string | null,
  recordedAt: string,
  actor: string,
  correlationId: string,
  causationId: string | null,
  traceparent: string | null,
];

export const recordedColumns = `
  e.position, e.stream_id, e.stream_version, e.event_id, e.type, e.schema_version,
  coalesce(e.payload, (SELECT p.payload FROM ledger.erasable_payload p WHERE p.position = e.position),
    (SELECT json_build_object('stubVersion', r.schema_version, 'stub', r.payload)
     FROM ledger.redacted_payload r WHERE r.position = e.position)),
  e.key, e.valid_from, e.recorded_at AT TIME ZONE 'UTC', e.actor, e.correlation_id, e.causation_id, e.traceparent`;

const [int8, date, timestamp] = [20, 1082, 1114];

export const rowTypes = new TypeOverrides();
// Positions stay below 2^53.
rowTypes.setTypeParser(int8, Number);
rowTypes.setTypeParser(date, (text) => text);
rowTypes.setTypeParser(timestamp, instantOf);

/** From `2022-12-12 10:00:00.25`, as Postgres writes it: to_char for each row would be a tenth of the reading. */
function instantOf(text: string): string {
  const fraction = text.length === 19 ? '.000000' : text.slice(19).padEnd(7, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction}Z`;
}

export function entryOf(row: RecordedRow): LedgerEntry {
  const [position, streamId, streamVersion, eventId, type, schemaVersion, payload] = row;
  return {
    position,
    streamId,
    streamVersion,
    eventId,
    type,
    schemaVersion,
    // JSON null is no payload of any contract, so null always means gone.
    payload: payload === null ? null : currentPayload(type, schemaVersion, payload),
    key: row[7],
    validFrom: row[8],
    recordedAt: row[9],
    actor: row[10],
    correlationId: row[11],
    causationId: row[12],
    traceparent: row[13],
  } as LedgerEntry;
}

/** A stub is written in the version that was current when the payload was erased. */
interface Stub {
  readonly stubVersion: number;
  readonly stub: unknown;
}

function currentPayload(type: EventType, schemaVersion: number, payload: unknown): unknown {
  return isStub(payload)
    ? upcast(type, payload.stubVersion, payload.stub)
    : upcast(type, schemaVersion, payload);
}

/** No contract has a payload with such a member. */
export function isStub(payload: unknown): payload is Stub {
  return typeof payload === 'object' && payload !== null && 'stubVersion' in payload;
}

export function isReadable(entry: LedgerEntry): entry is RecordedEvent {
  return entry.payload !== null;
}
