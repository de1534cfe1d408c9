import { type Pool } from 'pg';
import { type BeginAttempts, type BegunAttempts, type MessageInHand } from './attempt.store.ts';
import { leaseKey } from './lane.lease.ts';

interface BegunRow {
  readonly webhook_id: string;
  readonly lease_token: string;
  readonly version: number;
  readonly delivery_id: string | null;
  readonly sequence: string;
  readonly attempt_count: number;
  readonly fault_count: number;
  readonly dies_at: Date;
  readonly replay: boolean;
  readonly event_id: string;
  readonly type: string;
  readonly corridor: string | null;
  readonly occurred_at: string;
  readonly traceparent: string | null;
  readonly body: Buffer;
}

/** One statement for many lanes: renews each lease, picks messages, writes their intents. */
export async function beginAttempts(
  pool: Pool,
  requests: readonly BeginAttempts[],
  leaseMs: number,
): Promise<readonly (BegunAttempts | null)[]> {
  const asked = requests.map(({ webhookId, token, startCount }) => ({
    webhook_id: webhookId,
    lease_token: token,
    start_count: startCount,
  }));
  const { rows } = await pool.query<BegunRow>({
    name: 'begin_attempts',
    text: beginText,
    values: [JSON.stringify(asked), leaseMs],
  });
  const byLease = Map.groupBy(rows, (row) => leaseKey(row.webhook_id, row.lease_token));
  return requests.map(({ webhookId, token }) => {
    const own = byLease.get(leaseKey(webhookId, token));
    if (own?.[0] === undefined) return null;
    const begun = own.filter(({ delivery_id }) => delivery_id !== null);
    return { endpointVersion: own[0].version, messages: begun.map(messageOf) };
  });
}

function messageOf(row: BegunRow): MessageInHand {
  return {
    deliveryId: row.delivery_id ?? '',
    sequence: Number(row.sequence),
    attempt: row.attempt_count,
    faultCount: row.fault_count,
    diesAtMs: row.dies_at.getTime(),
    replay: row.replay,
    eventId: row.event_id,
    type: row.type,
    corridor: row.corridor,
    occurredAt: row.occurred_at,
    traceparent: row.traceparent,
    body: row.body,
  };
}

const beginText = `
  WITH asked AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS a (webhook_id uuid, lease_token bigint, start_count int)
  ),
  held AS (
    SELECT lane.webhook_id, lane.lease_token, lane.phase, lane.hold_until, asked.start_count, w.ordered, w.version
    FROM notification.lane
    JOIN asked USING (webhook_id, lease_token)
    JOIN notification.webhook AS w USING (webhook_id)
    WHERE lane.leased_until > clock_timestamp()
    ORDER BY lane.webhook_id FOR UPDATE OF lane
  ),
  renewed AS (
    UPDATE notification.lane AS l SET leased_until = clock_timestamp() + $2 * interval '1 millisecond'
    FROM held WHERE l.webhook_id = held.webhook_id
  ),
  picked AS (
    SELECT held.lease_token, m.delivery_id FROM held CROSS JOIN LATERAL (
      SELECT delivery_id, not_before FROM notification.message
      WHERE webhook_id = held.webhook_id AND state = 'pending' AND dies_at > now()
        AND (held.ordered OR not_before <= now())
      ORDER BY sequence LIMIT held.start_count) AS m
    WHERE m.not_before <= now() AND held.phase <> 'disabled'
      -- The lane's other attempt may have failed while this statement was on its way.
      AND (held.hold_until IS NULL OR held.hold_until <= clock_timestamp())
  ),
  begun AS (
    UPDATE notification.message AS m SET state = 'sending', attempt_count = m.attempt_count + 1
    FROM picked WHERE m.delivery_id = picked.delivery_id AND m.state = 'pending'
    RETURNING m.*, picked.lease_token
  ),
  intents AS (
    INSERT INTO notification.attempt (delivery_id, number, webhook_id, lease_token, started_at)
    SELECT delivery_id, attempt_count, webhook_id, lease_token, clock_timestamp() FROM begun
  )
  SELECT held.webhook_id, held.lease_token, held.version, b.delivery_id, b.sequence, b.attempt_count, b.fault_count, b.dies_at, b.replay,
         e.event_id, e.type, e.corridor, e.occurred_at, e.traceparent, e.body
  FROM held
  LEFT JOIN begun AS b USING (webhook_id)
  LEFT JOIN notification.event AS e USING (event_id)
  ORDER BY b.sequence`;
