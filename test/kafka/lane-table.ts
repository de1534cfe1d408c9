import { type Pool } from 'pg';
import { FencedError, type FeedBatch, type LanePositions, type Subscription } from '#feed';

/** Creates what `LaneTable` keeps: positions with their epoch, and one row for each effect. */
export async function createLaneTables(pool: Pool): Promise<void> {
  await pool.query(`
    CREATE TABLE lane_position (name text, lane int, position bigint, epoch bigint, PRIMARY KEY (name, lane));
    CREATE TABLE effect (applied bigserial PRIMARY KEY, name text, key text, position bigint);
  `);
}

/**
 * A consumer as a service has it: effects and positions in one transaction, guarded by the epoch. Nothing but the
 * guard keeps it from writing an effect twice, so a test sees it when the feed relies on more.
 */
export class LaneTable implements Subscription {
  private readonly epochs = new Map<number, string>();
  /** Called inside the transaction, before the positions move. */
  beforeMove: (batch: FeedBatch) => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly pool: Pool,
    readonly name: string,
  ) {}

  async takeOver(lanes: readonly number[]): Promise<LanePositions> {
    const { rows } = await this.pool.query<{ lane: number; position: string; epoch: string }>(
      `INSERT INTO lane_position AS held SELECT $1, lane, 0, 1 FROM unnest($2::int[]) AS lane ORDER BY lane
       ON CONFLICT (name, lane) DO UPDATE SET epoch = held.epoch + 1 RETURNING lane, position, epoch`,
      [this.name, lanes],
    );
    for (const { lane, epoch } of rows) this.epochs.set(lane, epoch);
    return new Map(rows.map(({ lane, position }) => [lane, Number(position)]));
  }

  async apply(batch: FeedBatch): Promise<void> {
    const { events, through } = batch;
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(
        `INSERT INTO effect (name, key, position)
         SELECT $1, key, position FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS new (key, position, place)
         ORDER BY place`,
        [this.name, events.map(({ key }) => key), events.map(({ position }) => position)],
      );
      await this.beforeMove(batch);
      const lanes = [...through.keys()];
      const { rowCount } = await client.query(
        `UPDATE lane_position AS held SET position = moved.position
         FROM unnest($2::int[], $3::bigint[], $4::bigint[]) AS moved (lane, position, epoch)
         WHERE name = $1 AND held.lane = moved.lane AND held.epoch = moved.epoch AND held.position <= moved.position`,
        [this.name, lanes, [...through.values()], lanes.map((lane) => this.epochs.get(lane))],
      );
      if (rowCount !== lanes.length) throw new FencedError('Some of the lanes are held by another instance');
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  /** The positions applied, in order of application, for each key. */
  async effects(): Promise<ReadonlyMap<string, number[]>> {
    const { rows } = await this.pool.query<{ key: string; positions: string[] }>(
      'SELECT key, array_agg(position ORDER BY applied) AS positions FROM effect WHERE name = $1 GROUP BY key',
      [this.name],
    );
    return new Map(rows.map(({ key, positions }) => [key, positions.map(Number)]));
  }

  async effectCount(): Promise<number> {
    const { rows } = await this.pool.query<{ count: string }>('SELECT count(*) FROM effect WHERE name = $1', [
      this.name,
    ]);
    return Number(rows[0]?.count);
  }
}
