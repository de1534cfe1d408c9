import { type Pool } from 'pg';
import { type EndedAttempt } from './attempt.store.ts';
import { leaseKey } from './lane.lease.ts';

/** One statement for many attempts: their outcomes, their messages and the lanes as they leave them. */
export async function endAttempts(
  pool: Pool,
  attempts: readonly EndedAttempt[],
): Promise<readonly boolean[]> {
  // Two attempts of one lane may end together; the later one saw the lane last.
  const lanes = new Map(
    attempts.map((attempt) => [leaseKey(attempt.webhookId, attempt.token), laneRow(attempt)]),
  );
  const { rows } = await pool.query<{ webhook_id: string; lease_token: string }>({
    name: 'end_attempts',
    text: endText,
    values: [JSON.stringify(attempts.map(attemptRow)), JSON.stringify([...lanes.values()])],
  });
  const held = new Set(rows.map((row) => leaseKey(row.webhook_id, row.lease_token)));
  return attempts.map(({ webhookId, token }) => held.has(leaseKey(webhookId, token)));
}

function laneRow({ webhookId, token, lane, holdUntilMs }: EndedAttempt): object {
  return { webhook_id: webhookId, lease_token: token, health: lane, hold_until_ms: holdUntilMs };
}

function attemptRow(attempt: EndedAttempt): object {
  return {
    webhook_id: attempt.webhookId,
    lease_token: attempt.token,
    delivery_id: attempt.deliveryId,
    number: attempt.attempt,
    outcome: attempt.outcome,
    status: attempt.status,
    error_code: attempt.errorCode,
    error_detail: storable(attempt.errorDetail),
    duration_ms: attempt.durationMs,
    response_excerpt: storable(attempt.excerpt),
    state: attempt.message.state,
    fault_count: attempt.message.faultCount,
    retry_at_ms: attempt.message.retryAtMs,
    death_reason: attempt.message.deathReason,
  };
}

/** One unstorable character would make the statement fail, and with it everyone else's outcome. */
function storable(text: string | null): string | null {
  return text?.toWellFormed().replaceAll('\u0000', '\uFFFD') ?? null;
}

const endText = `
  WITH ended AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS e (
      webhook_id uuid, lease_token bigint, delivery_id uuid, number int, outcome text, status int, error_code text,
      error_detail text, duration_ms int, response_excerpt text, state text, fault_count int,
      retry_at_ms double precision, death_reason text)
  ),
  after AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb)
      AS a (webhook_id uuid, lease_token bigint, health jsonb, hold_until_ms double precision)
  ),
  held AS (
    SELECT lane.webhook_id, lane.lease_token FROM notification.lane JOIN after USING (webhook_id, lease_token)
    ORDER BY lane.webhook_id FOR UPDATE OF lane
  ),
  lanes AS (
    UPDATE notification.lane AS l
    -- Its owner may have disabled it while the attempt was under way.
    SET health = CASE WHEN l.phase = 'disabled' THEN l.health ELSE after.health END,
        hold_until = to_timestamp(after.hold_until_ms / 1000)
    FROM held JOIN after USING (webhook_id, lease_token) WHERE l.webhook_id = held.webhook_id
  ),
  messages AS (
    UPDATE notification.message AS m
    SET state = ended.state, fault_count = ended.fault_count, death_reason = ended.death_reason,
        not_before = COALESCE(to_timestamp(ended.retry_at_ms / 1000), m.not_before),
        ended_at = CASE WHEN ended.state <> 'pending' THEN clock_timestamp() END
    FROM ended JOIN held USING (webhook_id, lease_token)
    WHERE m.delivery_id = ended.delivery_id AND m.state = 'sending'
  ),
  attempts AS (
    UPDATE notification.attempt AS a
    SET ended_at = clock_timestamp(), outcome = ended.outcome, status = ended.status, error_code = ended.error_code,
        error_detail = ended.error_detail, duration_ms = ended.duration_ms, response_excerpt = ended.response_excerpt
    FROM ended JOIN held USING (webhook_id, lease_token)
    WHERE a.delivery_id = ended.delivery_id AND a.number = ended.number AND a.ended_at IS NULL
  )
  SELECT webhook_id, lease_token FROM held`;
