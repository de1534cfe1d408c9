import { type Pool } from 'pg';
import { type FirstLeaf, type Leaf, leafHash } from '#proofs';

/** An event as it lies in the ledger: what its leaf vouches for, and its payload as it was written. */
export interface LedgerRecord {
  readonly leaf: Leaf | FirstLeaf;
  /** As it is stored, and in the tree. */
  readonly leafHash: Buffer;
  readonly content:
    | { readonly salt: Buffer; readonly payload: unknown }
    /** By the event at that position; 0 where the payload is gone and nothing says why, which does not verify. */
    | { readonly erasedBy: number; readonly stub: unknown };
}

export interface RecordPage {
  readonly after: number;
  /** Inclusive. */
  readonly through: number;
  readonly limit: number;
  /** Only what belongs to it: see `ofCorridor`. */
  readonly corridor: string | null;
}

/**
 * All events that have the corridor's key, and all of the streams of statements in which one has: a statement came in
 * before it was coded. And what erased a payload of the corridor's own, for without it the loss would be unproven.
 */
const ofCorridor = `(e.key = $4
  OR e.stream_id LIKE 'statement-%' AND EXISTS (
    SELECT FROM ledger.event s WHERE s.stream_id = e.stream_id AND s.key = $4)
  OR e.type = 'PayloadsErased' AND EXISTS (
    SELECT FROM ledger.redacted_payload g JOIN ledger.event s ON s.position = g.position
    WHERE g.erased_by = e.position AND s.key = $4))`;

/** A page of positions is looked through as a whole, so that what lies far apart takes many short statements. */
export async function readRecords(pool: Pool, page: RecordPage): Promise<readonly LedgerRecord[]> {
  const { after, through, limit, corridor } = page;
  const { rows } = await pool.query<Row>({
    name: corridor === null ? 'transparency-records/1' : 'transparency-records-of/1',
    text: `SELECT ${columns} FROM ledger.event e
      LEFT JOIN ledger.erasable_payload p ON p.position = e.position
      LEFT JOIN ledger.redacted_payload r ON r.position = e.position
      WHERE e.position > $1 AND e.position <= $2 ${corridor === null ? '' : `AND ${ofCorridor}`}
      ORDER BY e.position LIMIT $3`,
    values: corridor === null ? [after, through, limit] : [after, through, limit, corridor],
  });
  return rows.map(recordOf);
}

export async function countRecords(pool: Pool, through: number, corridor: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `SELECT count(*) FROM ledger.event e WHERE e.position <= $1 AND ${ofCorridor.replaceAll('$4', '$2')}`,
    [through, corridor],
  );
  return Number(rows[0]?.count ?? 0);
}

/** @returns the last position that erased anything; 0 where nothing was erased */
export async function lastErasure(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ position: string | null }>(
    'SELECT max(erased_by) AS position FROM ledger.redacted_payload',
  );
  return Number(rows[0]?.position ?? 0);
}

interface Row {
  readonly position: string;
  readonly stream_id: string;
  readonly stream_version: number;
  readonly event_id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly payload: unknown;
  readonly salt: Buffer | null;
  readonly erased_by: string | null;
  readonly stub: unknown;
  readonly payload_hash: string;
  readonly key: string;
  readonly valid_from: string | null;
  readonly recorded_at: string;
  readonly actor: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly traceparent: string | null;
  readonly leaf_hash: Buffer;
}

const columns = `e.position, e.stream_id, e.stream_version, e.event_id, e.type, e.schema_version,
  coalesce(e.payload, p.payload) AS payload, coalesce(e.salt, p.salt) AS salt,
  r.erased_by, r.payload AS stub,
  encode(e.payload_hash, 'hex') AS payload_hash, e.key, e.valid_from::text,
  to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at,
  e.actor, e.correlation_id, e.causation_id, e.traceparent, e.leaf_hash`;

function recordOf(row: Row): LedgerRecord {
  const { payload, salt, erased_by, stub } = row;
  const erased = { erasedBy: Number(erased_by ?? 0), stub };
  return {
    leaf: leafOf(row),
    leafHash: row.leaf_hash,
    content: payload === null || salt === null ? erased : { salt, payload },
  };
}

/** Of the version that the stored hash was taken over; where neither fits, of the present one, and it will not verify. */
function leafOf(row: Row): Leaf | FirstLeaf {
  const core = {
    position: Number(row.position),
    streamId: row.stream_id,
    streamVersion: row.stream_version,
    type: row.type,
    eventId: row.event_id,
    validFrom: row.valid_from,
    recordedAt: row.recorded_at,
    actor: row.actor,
    payloadHash: row.payload_hash,
  };
  const leaf: Leaf = {
    v: 2,
    ...core,
    payloadVersion: row.schema_version,
    key: row.key,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    traceparent: row.traceparent,
  };
  const first: FirstLeaf = { v: 1, ...core };
  return !leafHash(leaf).equals(row.leaf_hash) && leafHash(first).equals(row.leaf_hash) ? first : leaf;
}
