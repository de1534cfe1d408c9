import { type Pool } from 'pg';
import { type RecordedEvent, upcast } from '#events';
import { canonicalize, canonicalPayloadHash } from '#proofs';
import { EventIdReusedError } from '../ledger.error.ts';
import { unavailable } from '../postgres-failure.ts';
import { entryOf, isStub, recordedColumns, type RecordedRow, rowTypes } from '../reading/recorded-row.ts';
import { type PreparedAppend, type PreparedEvent } from './prepared-append.ts';

type StoredRow = readonly [...RecordedRow, salt: Buffer | null, payloadHash: Buffer];

/**
 * What an earlier append of the same events recorded.
 * @throws EventIdReusedError when any of the ids was recorded as something else, or not all of them were
 */
export async function recordedBefore(pool: Pool, append: PreparedAppend): Promise<readonly RecordedEvent[]> {
  const stored = await storedRows(pool, append);
  const reused = append.events.filter(
    (event) => !isSame(append.request.streamId, event, stored.get(event.event.eventId)),
  );
  if (reused.length > 0) throw new EventIdReusedError(reused.map(({ event }) => event.eventId));
  return append.events.map(({ event }) => {
    const entry = entryOf(stored.get(event.eventId) as unknown as RecordedRow);
    return { ...entry, payload: entry.payload ?? event.payload } as RecordedEvent;
  });
}

async function storedRows(pool: Pool, { events }: PreparedAppend): Promise<ReadonlyMap<string, StoredRow>> {
  const query = {
    name: 'ledger-events-by-id/1',
    text: `SELECT ${recordedColumns},
             coalesce(e.salt, (SELECT p.salt FROM ledger.erasable_payload p WHERE p.position = e.position)), e.payload_hash
           FROM ledger.event e WHERE e.event_id = ANY ($1)`,
    values: [events.map(({ event }) => event.eventId)],
    rowMode: 'array' as const,
    types: rowTypes,
  };
  try {
    const { rows } = await pool.query<StoredRow & unknown[]>(query);
    return new Map(rows.map((row) => [row[3], row]));
  } catch (error) {
    throw unavailable(error);
  }
}

function isSame(streamId: string, prepared: PreparedEvent, stored: StoredRow | undefined): boolean {
  if (stored === undefined) return false;
  const { event, canonicalPayload, schemaVersion } = prepared;
  if (stored[1] !== streamId || stored[4] !== event.type || stored[8] !== (event.validFrom ?? null))
    return false;
  const [payload, salt, payloadHash] = [stored[6], stored[14], stored[15]];
  // Erased since: what the caller sends is what was recorded, as far as anyone can still tell.
  if (salt === null || payload === null || isStub(payload)) return true;
  if (stored[5] === schemaVersion) return canonicalPayloadHash(salt, canonicalPayload).equals(payloadHash);
  // Recorded under an older contract: the same if it says the same once lifted.
  return canonicalize(upcast(event.type, stored[5], payload)) === canonicalPayload;
}
