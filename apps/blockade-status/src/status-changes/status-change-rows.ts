import { type RecordedEvent } from '#events';
import { type Tx } from '#projection';

export type RecordedDecision = RecordedEvent<'CorridorStatusChanged' | 'CorridorStatusCorrected'>;

export async function insertStatusChanges(tx: Tx, events: readonly RecordedDecision[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO status_change (position, corridor, recorded_at, type, change)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::json[]) ON CONFLICT DO NOTHING`,
    [
      events.map(({ position }) => position),
      events.map(({ payload }) => payload.corridor),
      events.map(({ recordedAt }) => recordedAt),
      events.map(({ type }) => type),
      events.map(({ payload }) => JSON.stringify(payload)),
    ],
  );
}
