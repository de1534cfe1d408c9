/** One message to one endpoint, with what became of it. */
export interface DeliveryView {
  readonly id: string;
  readonly webhookId: string;
  /** The `webhook-id` header. */
  readonly eventId: string;
  readonly type: string;
  readonly corridor: string | null;
  readonly sequence: number;
  readonly state: 'pending' | 'sending' | 'delivered' | 'dead' | 'discarded' | 'held';
  /** Why it died: `refused` by the endpoint for its content, or `expired` by age. */
  readonly deathReason: string | null;
  readonly replay: boolean;
  readonly attemptCount: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** Newest first. */
  readonly attempts: readonly AttemptView[];
}

export interface AttemptView {
  readonly number: number;
  readonly startedAt: string;
  /** Null while it is under way. */
  readonly endedAt: string | null;
  readonly outcome: 'delivered' | 'failed' | 'outcome_unknown' | null;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly durationMs: number | null;
  /** Only where one delivery is asked for. */
  readonly responseExcerpt?: string | null;
}

export interface DeliveryRow {
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly corridor: string | null;
  readonly sequence: string;
  readonly state: DeliveryView['state'];
  readonly death_reason: string | null;
  readonly replay: boolean;
  readonly attempt_count: number;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly attempts: readonly AttemptView[];
}

/** A waiting message of a disabled lane reads as held. */
export const shownState = `CASE WHEN m.state = 'pending' AND l.phase = 'disabled' THEN 'held' ELSE m.state END`;

/** @param extra fields of the attempt beside the short ones */
export function selectDeliveries(attemptCountMax: number, extra = ''): string {
  return `
    SELECT m.delivery_id, m.webhook_id, m.event_id, e.type, e.corridor, m.sequence, ${shownState} AS state,
           m.death_reason, m.replay, m.attempt_count, m.created_at, m.ended_at,
           COALESCE((
             SELECT jsonb_agg(jsonb_build_object(
               'number', a.number, 'startedAt', ${instant('a.started_at')}, 'endedAt', ${instant('a.ended_at')},
               'outcome', a.outcome, 'status', a.status, 'errorCode', a.error_code, 'errorDetail', a.error_detail,
               'durationMs', a.duration_ms${extra}) ORDER BY a.number DESC)
             FROM (SELECT * FROM notification.attempt WHERE delivery_id = m.delivery_id
                   ORDER BY number DESC LIMIT ${attemptCountMax}) AS a), '[]') AS attempts
    FROM notification.message AS m
    JOIN notification.event AS e USING (event_id)
    JOIN notification.lane AS l USING (webhook_id)`;
}

export function deliveryView(row: DeliveryRow): DeliveryView {
  return {
    id: row.delivery_id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    type: row.type,
    corridor: row.corridor,
    sequence: Number(row.sequence),
    state: row.state,
    deathReason: row.death_reason,
    replay: row.replay,
    attemptCount: row.attempt_count,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    attempts: row.attempts,
  };
}

function instant(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
