import { type CorridorDefinition, type RecordedEvent } from '#events';
import { type Tx } from '#projection';
import { type EvidenceBook, holdsFrom } from '#status';
import { lapsesAhead, stateOf, type CorridorEvidence } from './corridor-evidence.ts';

export interface CorridorRow {
  readonly definition: CorridorDefinition;
  readonly position: number;
  /** Of the row: another one after every write, also where the position is the same, as in a rebuilt table. */
  readonly version: string;
}

export async function readCorridors(
  tx: Tx,
  corridors: readonly string[],
): Promise<ReadonlyMap<string, CorridorRow>> {
  const { rows } = await tx.query<
    { corridor: string; position: string } & Pick<CorridorRow, 'definition' | 'version'>
  >({
    name: 'read_corridors_2',
    text: 'SELECT corridor, definition, position, xmin::text AS version FROM corridor WHERE corridor = ANY($1)',
    values: [corridors],
  });
  return new Map(
    rows.map(({ corridor, position, ...row }) => [corridor, { ...row, position: Number(position) }]),
  );
}

/** @returns the version of each corridor's row, as written */
export async function writeCorridors(
  tx: Tx,
  evidences: readonly CorridorEvidence[],
): Promise<ReadonlyMap<string, string>> {
  if (evidences.length === 0) return new Map();
  const rows = evidences.map((evidence) => ({
    ...evidence,
    state: stateOf(evidence),
    lapses: lapsesAhead(evidence.book),
  }));
  const { rows: written } = await tx.query<{ corridor: string; version: string }>({
    name: 'write_corridors_3',
    text: `INSERT INTO corridor
        (corridor, definition, status, disputed, stale, confidence, since, conflict, last_evidence_on, holds_from, rule,
         lapses, lapses_on, state, position)
      SELECT * FROM unnest($1::text[], $2::json[], $3::text[], $4::boolean[], $5::boolean[], $6::text[], $7::date[],
        $8::boolean[], $9::date[], $10::date[], $11::text[], $12::json[], $13::date[], $14::json[], $15::bigint[])
      ON CONFLICT (corridor) DO UPDATE SET definition = excluded.definition, status = excluded.status,
        disputed = excluded.disputed, stale = excluded.stale, confidence = excluded.confidence, since = excluded.since,
        conflict = excluded.conflict, last_evidence_on = excluded.last_evidence_on, holds_from = excluded.holds_from,
        rule = excluded.rule, lapses = excluded.lapses, lapses_on = excluded.lapses_on, state = excluded.state,
        position = excluded.position
      RETURNING corridor, xmin::text AS version`,
    values: [
      rows.map(({ corridor }) => corridor),
      rows.map(({ definition }) => JSON.stringify(definition)),
      rows.map(({ state }) => state.status),
      rows.map(({ state }) => state.disputed),
      rows.map(({ state }) => state.stale),
      rows.map(({ state }) => state.confidence),
      rows.map(({ state }) => state.since),
      rows.map(({ book }) => isInConflict(book)),
      rows.map(({ state }) => state.lastEvidenceOn),
      rows.map(({ book }) => holdsFrom(book)),
      rows.map(({ book }) => book.settings.rules.version),
      rows.map(({ lapses }) => JSON.stringify(lapses)),
      rows.map(({ lapses }) => lapses[0]?.day ?? null),
      rows.map(({ state }) => JSON.stringify(state)),
      rows.map(({ position }) => position),
    ],
  });
  return new Map(written.map(({ corridor, version }) => [corridor, version]));
}

/** Rule 16: the best items conflicted on the last day with evidence. */
function isInConflict({ states }: EvidenceBook): boolean {
  return states.at(-1)?.headline.conflict ?? false;
}

export async function insertDefinitions(
  tx: Tx,
  events: readonly RecordedEvent<'CorridorRegistered' | 'CorridorAmended'>[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO corridor_definition (corridor, position, definition)
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
