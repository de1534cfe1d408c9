import { type Pool } from 'pg';
import { Coalescer } from './coalescer.ts';
import { endpointColumns, type EndpointRow } from './endpoint.reader.ts';
import { type Lane } from './lane.decider.ts';

/** The right to work on a lane until the lease ends or another worker takes it over. */
export interface Lease {
  readonly webhookId: string;
  /** Every write of the holder is bound to it. */
  readonly token: string;
  readonly lane: Lane;
  readonly endpoint: EndpointRow;
  /** The last holder did not give it back, so its attempts may lie open. */
  readonly abandoned: boolean;
}

/** A process may hold a lane that it lost before under an older token. */
export function leaseKey(webhookId: string, token: string): string {
  return `${webhookId} ${token}`;
}

/** What became of giving a lane back. */
export type Rest =
  | { readonly kind: 'resting'; readonly dueAtMs: number | null }
  /** Work arrived meanwhile: the lane is still held. */
  | { readonly kind: 'awake' }
  /** Another worker holds it, or the webhook was deleted. */
  | { readonly kind: 'lost' };

/** Takes up to `countMax` lanes that are due and that nobody holds. */
export async function takeLanes(pool: Pool, countMax: number, leaseMs: number): Promise<readonly Lease[]> {
  const { rows } = await pool.query<LeaseRow>({
    name: 'take_lanes',
    text: `
      WITH due AS (
        SELECT webhook_id, leased_until IS NOT NULL AS abandoned FROM notification.lane
        WHERE due_at <= now() AND phase <> 'disabled' AND (leased_until IS NULL OR leased_until <= now())
        ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
      )
      UPDATE notification.lane AS l
      SET lease_token = nextval('notification.lease_token'),
          leased_until = clock_timestamp() + $2 * interval '1 millisecond'
      FROM due JOIN notification.webhook AS w USING (webhook_id) WHERE l.webhook_id = due.webhook_id
      RETURNING l.lease_token, l.health, due.abandoned, ${endpointColumns}`,
    values: [countMax, leaseMs],
  });
  return rows.map(({ lease_token: token, health: lane, abandoned, ...endpoint }) => ({
    webhookId: endpoint.webhook_id,
    token,
    lane,
    endpoint,
    abandoned,
  }));
}

interface LeaseRow extends EndpointRow {
  readonly lease_token: string;
  readonly health: Lane;
  readonly abandoned: boolean;
}

/** What an earlier holder began and did not end: nobody knows whether it arrived, so it is sent again. */
export async function giveUpLostAttempts(pool: Pool, { webhookId, token }: Lease): Promise<void> {
  await pool.query(
    `WITH held AS (
       SELECT webhook_id, lease_token FROM notification.lane WHERE webhook_id = $1 AND lease_token = $2 FOR UPDATE
     ),
     lost AS (
       UPDATE notification.attempt AS a
       SET ended_at = clock_timestamp(), outcome = 'outcome_unknown', error_code = 'worker_lost'
       FROM held WHERE a.webhook_id = held.webhook_id AND a.ended_at IS NULL AND a.lease_token < held.lease_token
       RETURNING a.delivery_id
     )
     UPDATE notification.message AS m SET state = 'pending'
     FROM lost WHERE m.delivery_id = lost.delivery_id AND m.state = 'sending'`,
    [webhookId, token],
  );
}

/** Gives lanes back and notes when each is due next. */
export function laneReleaser(pool: Pool): Coalescer<Lease, Rest> {
  return new Coalescer((leases) => releaseLanes(pool, leases), 500);
}

async function releaseLanes(pool: Pool, leases: readonly Lease[]): Promise<readonly Rest[]> {
  const { rows } = await pool.query<ReleasedRow>({
    name: 'release_lanes',
    text: releaseText,
    values: [
      JSON.stringify(leases.map(({ webhookId, token }) => ({ webhook_id: webhookId, lease_token: token }))),
    ],
  });
  const released = new Map(rows.map((row) => [leaseKey(row.webhook_id, row.lease_token), row]));
  return leases.map(({ webhookId, token }): Rest => {
    const row = released.get(leaseKey(webhookId, token));
    if (row === undefined) return { kind: 'lost' };
    return row.released ? { kind: 'resting', dueAtMs: row.due_at?.getTime() ?? null } : { kind: 'awake' };
  });
}

interface ReleasedRow {
  readonly webhook_id: string;
  readonly lease_token: string;
  readonly released: boolean;
  readonly due_at: Date | null;
}

// `revision` is compared with the snapshot that looked for messages: work that was added while we waited for the
// row's lock makes the comparison fail, and the lane stays awake.
const releaseText = `
  WITH given AS (
    SELECT lane.webhook_id, lane.lease_token, lane.revision, lane.hold_until, w.ordered
    FROM notification.lane
    JOIN jsonb_to_recordset($1::jsonb) AS g (webhook_id uuid, lease_token bigint) USING (webhook_id, lease_token)
    JOIN notification.webhook AS w USING (webhook_id)
  ),
  seen AS MATERIALIZED (
    SELECT given.*, CASE
      WHEN ordered THEN (
        SELECT not_before FROM notification.message AS m
        WHERE m.webhook_id = given.webhook_id AND m.state = 'pending' AND m.dies_at > now() ORDER BY m.sequence LIMIT 1)
      ELSE COALESCE(
        (SELECT now() FROM notification.message AS m
         WHERE m.webhook_id = given.webhook_id AND m.state = 'pending' AND m.dies_at > now() AND m.not_before <= now() LIMIT 1),
        (SELECT min(not_before) FROM notification.message AS m
         WHERE m.webhook_id = given.webhook_id AND m.state = 'pending' AND m.dies_at > now()))
      END AS next_at
    FROM given
  ),
  locked AS (
    SELECT l.webhook_id, seen.next_at FROM notification.lane AS l JOIN seen
      ON l.webhook_id = seen.webhook_id AND l.lease_token = seen.lease_token AND l.revision = seen.revision
    ORDER BY l.webhook_id FOR UPDATE OF l
  ),
  released AS (
    UPDATE notification.lane AS l
    SET leased_until = NULL,
        due_at = CASE WHEN next_at IS NOT NULL AND l.phase <> 'disabled' THEN GREATEST(next_at, l.hold_until) END
    FROM locked WHERE l.webhook_id = locked.webhook_id
    RETURNING l.webhook_id, l.due_at
  )
  SELECT given.webhook_id, given.lease_token, released.webhook_id IS NOT NULL AS released, released.due_at
  FROM given LEFT JOIN released USING (webhook_id)`;
