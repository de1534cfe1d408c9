import { type Pool } from 'pg';
import { Coalescer } from './coalescer.ts';
import { type Lane } from './lane.decider.ts';

/** Asks for the next messages of a lane. */
export interface BeginAttempts {
  readonly webhookId: string;
  readonly token: string;
  readonly startCount: number;
}

export interface BegunAttempts {
  /** Of the webhook as it is now; another one than the worker knows means that URL or secrets changed. */
  readonly endpointVersion: number;
  readonly messages: readonly MessageInHand[];
}

/** A message whose attempt is written down and may be sent. */
export interface MessageInHand {
  readonly deliveryId: string;
  readonly sequence: number;
  readonly attempt: number;
  readonly faultCount: number;
  readonly diesAtMs: number;
  readonly replay: boolean;
  readonly eventId: string;
  readonly type: string;
  readonly corridor: string | null;
  readonly occurredAt: string;
  readonly body: Buffer;
}

export type AttemptOutcome = 'delivered' | 'failed' | 'outcome_unknown';

export interface EndedAttempt {
  readonly webhookId: string;
  readonly token: string;
  readonly deliveryId: string;
  readonly attempt: number;
  readonly outcome: AttemptOutcome;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly durationMs: number;
  readonly excerpt: string | null;
  readonly message: MessageAfter;
  /** The lane as this attempt leaves it. */
  readonly lane: Lane;
  readonly holdUntilMs: number | null;
}

export interface MessageAfter {
  readonly state: 'delivered' | 'pending' | 'dead';
  readonly faultCount: number;
  readonly retryAtMs: number | null;
  readonly deathReason: string | null;
}

/** The rows of attempts. Everything is bound to the lease's token: who lost the lane writes nothing. */
export interface AttemptStore {
  /** Renews the lease, writes the intents and answers the messages; null when the lane is lost. */
  begin(request: BeginAttempts): Promise<BegunAttempts | null>;
  /** False when the lane was lost. */
  end(attempt: EndedAttempt): Promise<boolean>;
}

export function attemptStore(pool: Pool, leaseMs: number): AttemptStore {
  const beginning = new Coalescer(
    (requests: readonly BeginAttempts[]) => begin(pool, requests, leaseMs),
    200,
  );
  const ending = new Coalescer((attempts: readonly EndedAttempt[]) => end(pool, attempts), 200);
  return { begin: (request) => beginning.submit(request), end: (attempt) => ending.submit(attempt) };
}

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
  readonly body: Buffer;
}

async function begin(
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
    body: row.body,
  };
}

async function end(pool: Pool, attempts: readonly EndedAttempt[]): Promise<readonly boolean[]> {
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

/** A process may hold a lane that it lost before under an older token. */
function leaseKey(webhookId: string, token: string): string {
  return `${webhookId} ${token}`;
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
         e.event_id, e.type, e.corridor, e.occurred_at, e.body
  FROM held
  LEFT JOIN begun AS b USING (webhook_id)
  LEFT JOIN notification.event AS e USING (event_id)
  ORDER BY b.sequence`;

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
