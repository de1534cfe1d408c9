import { type Pool } from 'pg';

const rowCountMax = 5_000;

/** Messages that grew too old while their endpoint failed; those of a disabled lane are held and do not age. */
export async function expireMessages(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE notification.message SET state = 'dead', death_reason = 'expired', ended_at = now()
     WHERE delivery_id IN (
       SELECT m.delivery_id FROM notification.message AS m JOIN notification.lane AS l USING (webhook_id)
       WHERE m.state = 'pending' AND m.dies_at <= now() AND l.phase <> 'disabled'
       LIMIT $1 FOR UPDATE OF m SKIP LOCKED)
       AND state = 'pending'`,
    [rowCountMax],
  );
  return rowCount ?? 0;
}

/** Attempts are evidence for a quarrel with a receiver, not for ever. */
export async function forgetAttempts(pool: Pool, keptMs: number): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM notification.attempt WHERE (delivery_id, number) IN (
       SELECT delivery_id, number FROM notification.attempt
       WHERE started_at < now() - $2 * interval '1 millisecond' AND ended_at IS NOT NULL LIMIT $1)`,
    [rowCountMax, keptMs],
  );
  return rowCount ?? 0;
}
