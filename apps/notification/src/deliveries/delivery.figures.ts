import { type Pool } from 'pg';

/** How much waits, and how many lanes are in trouble. */
export interface DeliveryFigures {
  readonly pendingCount: number;
  readonly heldCount: number;
  readonly deadCount: number;
  readonly oldestPendingAgeMs: number;
  readonly failingLaneCount: number;
  readonly disabledLaneCount: number;
}

interface Row {
  readonly pending: string;
  readonly held: string;
  readonly dead: string;
  readonly oldest_ms: number;
  readonly failing: string;
  readonly disabled: string;
}

export async function deliveryFigures(pool: Pool): Promise<DeliveryFigures> {
  const { rows } = await pool.query<Row>({ name: 'delivery_figures', text: figuresText });
  const row = rows[0];
  return {
    pendingCount: Number(row?.pending ?? 0),
    heldCount: Number(row?.held ?? 0),
    deadCount: Number(row?.dead ?? 0),
    oldestPendingAgeMs: Math.round(row?.oldest_ms ?? 0),
    failingLaneCount: Number(row?.failing ?? 0),
    disabledLaneCount: Number(row?.disabled ?? 0),
  };
}

const figuresText = `
  WITH waiting AS (
    SELECT count(*) FILTER (WHERE l.phase <> 'disabled') AS pending,
           count(*) FILTER (WHERE l.phase = 'disabled') AS held,
           min(m.created_at) FILTER (WHERE l.phase <> 'disabled') AS oldest
    FROM notification.message AS m JOIN notification.lane AS l USING (webhook_id) WHERE m.state = 'pending'
  )
  SELECT waiting.pending, waiting.held,
         COALESCE(EXTRACT(EPOCH FROM now() - waiting.oldest) * 1000, 0)::float8 AS oldest_ms,
         (SELECT count(*) FROM notification.message WHERE state = 'dead') AS dead,
         (SELECT count(*) FROM notification.lane WHERE phase = 'failing') AS failing,
         (SELECT count(*) FROM notification.lane WHERE phase = 'disabled') AS disabled
  FROM waiting`;
