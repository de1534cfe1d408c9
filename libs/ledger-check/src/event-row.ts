import { type ClientBase, TypeOverrides } from 'pg';

/** One event as it lies in the tables, with nothing made of it. */
export interface EventRow {
  readonly position: number;
  readonly streamId: string;
  readonly streamVersion: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly key: string;
  readonly validFrom: string | null;
  /** RFC 3339 in UTC with six digits of a second. */
  readonly recordedAt: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  readonly payloadHash: Buffer;
  readonly leafHash: Buffer;
  /** In the event's own row. */
  readonly own: Stored | null;
  /** In the table of payloads that can be erased. */
  readonly erasable: Stored | null;
}

export interface Stored {
  /** As stored: every byte of it was hashed. */
  readonly payload: string | null;
  readonly salt: Buffer | null;
}

type Row = readonly [
  ...core: [number, string, number, string, string, number, string, string | null, string, string, string],
  causationId: string | null,
  traceparent: string | null,
  payloadHash: Buffer,
  leafHash: Buffer,
  payload: string | null,
  salt: Buffer | null,
  hasErasable: boolean,
  erasablePayload: string | null,
  erasableSalt: Buffer | null,
];

const text = `
  SELECT e.position, e.stream_id, e.stream_version, e.event_id, e.type, e.schema_version, e.key, e.valid_from::text,
    to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor, e.correlation_id,
    e.causation_id, e.traceparent, e.payload_hash, e.leaf_hash, e.payload::text, e.salt,
    p.position IS NOT NULL, p.payload::text, p.salt
  FROM ledger.event AS e LEFT JOIN ledger.erasable_payload AS p USING (position)
  WHERE e.position > $1 ORDER BY e.position LIMIT $2`;

const types = new TypeOverrides();
types.setTypeParser(20, Number);

/** All events in order of position, in the snapshot of the client's transaction. */
export async function* eventRows(client: ClientBase, pageSize: number): AsyncGenerator<readonly EventRow[]> {
  for (let after = 0; ;) {
    const { rows } = await client.query<Row & unknown[]>({
      text,
      values: [after, pageSize],
      rowMode: 'array',
      types,
    });
    if (rows.length > 0) yield rows.map(eventRowOf);
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.[0] ?? after;
  }
}

function eventRowOf(row: Row): EventRow {
  return {
    position: row[0],
    streamId: row[1],
    streamVersion: row[2],
    eventId: row[3],
    type: row[4],
    schemaVersion: row[5],
    key: row[6],
    validFrom: row[7],
    recordedAt: row[8],
    actor: row[9],
    correlationId: row[10],
    causationId: row[11],
    traceparent: row[12],
    payloadHash: row[13],
    leafHash: row[14],
    own: row[15] === null && row[16] === null ? null : { payload: row[15], salt: row[16] },
    erasable: row[17] ? { payload: row[18], salt: row[19] } : null,
  };
}
