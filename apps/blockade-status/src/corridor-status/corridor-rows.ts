import { type CorridorDefinition, type RecordedEvent } from '#events';
import { type Tx } from '#projection';
import { stateOf, type CorridorEvidence } from './corridor-evidence.ts';

export interface CorridorRow {
  readonly definition: CorridorDefinition;
  readonly position: number;
}

export async function readCorridors(
  tx: Tx,
  corridors: readonly string[],
): Promise<ReadonlyMap<string, CorridorRow>> {
  const { rows } = await tx.query<{ corridor: string; definition: CorridorDefinition; position: string }>({
    name: 'read_corridors',
    text: 'SELECT corridor, definition, position FROM blockade_status.corridor WHERE corridor = ANY($1)',
    values: [corridors],
  });
  return new Map(
    rows.map(({ corridor, definition, position }) => [corridor, { definition, position: Number(position) }]),
  );
}

export async function writeCorridors(tx: Tx, evidences: readonly CorridorEvidence[]): Promise<void> {
  if (evidences.length === 0) return;
  const states = evidences.map(stateOf);
  await tx.query({
    name: 'write_corridors',
    text: `INSERT INTO blockade_status.corridor
        (corridor, definition, status, disputed, last_evidence_on, state, position)
      SELECT * FROM unnest($1::text[], $2::json[], $3::text[], $4::boolean[], $5::date[], $6::json[], $7::bigint[])
      ON CONFLICT (corridor) DO UPDATE SET definition = excluded.definition, status = excluded.status,
        disputed = excluded.disputed, last_evidence_on = excluded.last_evidence_on, state = excluded.state,
        position = excluded.position`,
    values: [
      evidences.map(({ corridor }) => corridor),
      evidences.map(({ definition }) => JSON.stringify(definition)),
      states.map(({ status }) => status),
      states.map(({ disputed }) => disputed),
      states.map(({ lastEvidenceOn }) => lastEvidenceOn),
      states.map((state) => JSON.stringify(state)),
      evidences.map(({ position }) => position),
    ],
  });
}

export async function insertDefinitions(
  tx: Tx,
  events: readonly RecordedEvent<'CorridorRegistered' | 'CorridorAmended'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO blockade_status.corridor_definition (corridor, position, definition)
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::json[]) ON CONFLICT DO NOTHING`,
    [
      events.map(({ payload }) => payload.corridor),
      events.map(({ position }) => position),
      events.map(({ payload }) => JSON.stringify(payload.definition)),
    ],
  );
}

/** The definition that a corridor had after a ledger position; null when it was not registered yet. */
export async function readDefinition(
  db: Tx,
  corridor: string,
  knownAt: number,
): Promise<CorridorDefinition | null> {
  const { rows } = await db.query<{ definition: CorridorDefinition }>(
    `SELECT definition FROM blockade_status.corridor_definition
     WHERE corridor = $1 AND position <= $2 ORDER BY position DESC LIMIT 1`,
    [corridor, knownAt],
  );
  return rows[0]?.definition ?? null;
}
