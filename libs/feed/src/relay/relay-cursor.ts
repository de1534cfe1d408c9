import { type Pool } from 'pg';
import { FencedError, type LanePositions } from '../feed.ts';

/** One leader's time in office. */
export interface Term {
  readonly epoch: string;
  /** Everything up to here is confirmed. */
  readonly position: number;
  readonly lanes: LanePositions;
}

/**
 * The relay's place in the ledger and its lease. The lease elects; what fences is the epoch, which every statement
 * that writes demands, so that a leader that slept through its lease touches no row.
 */
export class RelayCursor {
  constructor(
    private readonly pool: Pool,
    private readonly topic: string,
    private readonly holder: string,
    private readonly leaseMs: number,
  ) {}

  /** @returns null while another holder's lease runs */
  async claim(): Promise<Term | null> {
    await this.pool.query('INSERT INTO feed.relay_cursor (topic) VALUES ($1) ON CONFLICT DO NOTHING', [
      this.topic,
    ]);
    const { rows } = await this.pool.query<{ epoch: string; position: string }>(
      `UPDATE feed.relay_cursor
       SET holder = $2, epoch = epoch + 1, lease_until = now() + $3 * interval '1 millisecond'
       WHERE topic = $1 AND (lease_until < now() OR holder = $2)
       RETURNING epoch, position`,
      [this.topic, this.holder, this.leaseMs],
    );
    const [row] = rows;
    if (row === undefined) return null;
    // Read after the epoch rose: from here on nobody else moves them.
    return {
      epoch: row.epoch,
      position: Number(row.position),
      lanes: await laneHeads(this.pool, this.topic),
    };
  }

  /** @throws FencedError when another holder was elected meanwhile */
  async renew({ epoch }: Term): Promise<void> {
    const { rowCount } = await this.pool.query(
      `UPDATE feed.relay_cursor SET lease_until = now() + $4 * interval '1 millisecond'
       WHERE topic = $1 AND epoch = $2 AND holder = $3`,
      [this.topic, epoch, this.holder, this.leaseMs],
    );
    if (rowCount !== 1) throw this.fenced();
  }

  /** @throws FencedError when another holder was elected meanwhile; nothing has moved then */
  async move(term: Term, position: number, lanes: LanePositions): Promise<Term> {
    const { rows } = await this.pool.query<{ moved: boolean }>({
      name: 'move_relay_cursor',
      text: `WITH moved AS (
          UPDATE feed.relay_cursor SET position = $5, lease_until = now() + $6 * interval '1 millisecond'
          WHERE topic = $1 AND epoch = $2 AND holder = $3 AND position = $4
          RETURNING 1
        ), heads AS (
          INSERT INTO feed.relay_lane (topic, lane, position)
          SELECT $1, lane, head FROM unnest($7::int[], $8::bigint[]) AS head (lane, head), moved
          ON CONFLICT (topic, lane) DO UPDATE SET position = excluded.position
        )
        SELECT EXISTS (SELECT FROM moved) AS moved`,
      values: [
        this.topic,
        term.epoch,
        this.holder,
        term.position,
        position,
        this.leaseMs,
        [...lanes.keys()],
        [...lanes.values()],
      ],
    });
    if (rows[0]?.moved !== true) throw this.fenced();
    return { epoch: term.epoch, position, lanes: new Map([...term.lanes, ...lanes]) };
  }

  /** Lets another one lead at once. */
  async resign({ epoch }: Term): Promise<void> {
    await this.pool.query(
      'UPDATE feed.relay_cursor SET lease_until = now(), holder = NULL WHERE topic = $1 AND epoch = $2',
      [this.topic, epoch],
    );
  }

  /** For whoever asks; also right while another holder leads. */
  async position(): Promise<number> {
    const { rows } = await this.pool.query<{ position: string }>(
      'SELECT position FROM feed.relay_cursor WHERE topic = $1',
      [this.topic],
    );
    return Number(rows[0]?.position ?? 0);
  }

  private fenced(): FencedError {
    return new FencedError(`Another relay leads the topic ${this.topic} now`);
  }
}

/** The last published position of each lane. */
export async function laneHeads(pool: Pool, topic: string): Promise<LanePositions> {
  const { rows } = await pool.query<{ lane: number; position: string }>(
    'SELECT lane, position FROM feed.relay_lane WHERE topic = $1',
    [topic],
  );
  return new Map(rows.map(({ lane, position }) => [lane, Number(position)]));
}

/** The name of this ledger, as it stands on every record. */
export async function feedSource(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM feed.source');
  const [row] = rows;
  if (row === undefined) throw new Error('The table feed.source is empty; it names the ledger');
  return `/corridor-watch/ledger/${row.id}`;
}
