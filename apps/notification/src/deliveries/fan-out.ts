import { type Tx } from '#projection';
import { type Notification } from './notification.body.ts';

export interface FanOutSettings {
  /** How long a message may wait for its delivery. */
  readonly messageAgeMs: number;
}

/** Wakes the workers at commit; a channel carries no payload, for the tables say what is due. */
export const wakeUpChannel = 'corridor_watch_deliveries';

/**
 * Writes one message for each notification and each endpoint that wants it. MUST run in the transaction that moves
 * the checkpoint. Each endpoint gets an event once, however often the feed brings it.
 */
export async function fanOut(
  tx: Tx,
  notifications: readonly Notification[],
  { messageAgeMs }: FanOutSettings,
): Promise<void> {
  // A statement coded twice brings the same claims, maybe in one batch.
  const unique = [...new Map(notifications.map((told) => [told.eventId, told])).values()];
  const incoming = JSON.stringify(unique.map(rowOf));
  const webhookIds = await lockLanes(tx, incoming);
  if (webhookIds.length === 0) return;
  await tx.query({ name: 'fan_out', text: writeMessages, values: [incoming, webhookIds, messageAgeMs] });
  await tx.query(`NOTIFY ${wakeUpChannel}`);
}

function rowOf(notification: Notification, ordinal: number): object {
  const { eventId, type, corridor, position, confidence, occurredAt, traceparent, body } = notification;
  const row = { event_id: eventId, type, corridor, position, confidence, traceparent, body, ordinal };
  return { ...row, occurred_at: occurredAt };
}

const wanted = `
  incoming AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS e (
      event_id uuid, type text, corridor text, position bigint, confidence text, occurred_at text, traceparent text, body text,
      ordinal int)
  ),
  wanted AS (
    SELECT w.webhook_id, e.* FROM notification.webhook AS w JOIN incoming AS e
      ON e.type = ANY (w.events) AND e.position > w.from_position
      AND (cardinality(w.corridors) = 0 OR e.corridor = ANY (w.corridors))
      AND (e.confidence IS NULL OR w.min_confidence IS NULL
        OR array_position('{low,moderate,high}', e.confidence) >= array_position('{low,moderate,high}', w.min_confidence))
  )`;

/** Only the holder of a lane may number its messages; locked in order, so that two of us never wait for each other. */
async function lockLanes(tx: Tx, incoming: string): Promise<readonly string[]> {
  const { rows } = await tx.query<{ webhook_id: string }>({
    name: 'lock_lanes',
    text: `WITH ${wanted}
      SELECT webhook_id FROM notification.lane WHERE webhook_id IN (SELECT webhook_id FROM wanted)
      ORDER BY webhook_id FOR UPDATE`,
    values: [incoming],
  });
  return rows.map(({ webhook_id }) => webhook_id);
}

// A statement of its own, because only a snapshot taken after the locks sees what their last holder wrote.
const writeMessages = `
  WITH ${wanted},
  fresh AS (
    SELECT wanted.* FROM wanted
    WHERE webhook_id = ANY ($2::uuid[]) AND NOT EXISTS (
      SELECT 1 FROM notification.message AS m
      WHERE m.webhook_id = wanted.webhook_id AND m.event_id = wanted.event_id)
  ),
  stored AS (
    INSERT INTO notification.event (event_id, type, corridor, position, occurred_at, traceparent, body)
    SELECT event_id, type, corridor, position, occurred_at, traceparent, convert_to(body, 'UTF8') FROM incoming
    WHERE event_id IN (SELECT event_id FROM fresh)
    ON CONFLICT (event_id) DO NOTHING
  ),
  numbered AS (
    SELECT fresh.webhook_id, fresh.event_id, lane.last_sequence
      + row_number() OVER (PARTITION BY fresh.webhook_id ORDER BY fresh.position, fresh.ordinal) AS sequence
    FROM fresh JOIN notification.lane USING (webhook_id)
  ),
  written AS (
    INSERT INTO notification.message (webhook_id, sequence, event_id, dies_at)
    SELECT webhook_id, sequence, event_id, now() + $3 * interval '1 millisecond' FROM numbered
  )
  UPDATE notification.lane AS l
  SET last_sequence = grown.last_sequence, revision = l.revision + 1,
      due_at = CASE WHEN l.phase <> 'disabled' THEN LEAST(l.due_at, GREATEST(now(), l.hold_until)) END
  FROM (SELECT webhook_id, max(sequence) AS last_sequence FROM numbered GROUP BY webhook_id) AS grown
  WHERE l.webhook_id = grown.webhook_id`;
