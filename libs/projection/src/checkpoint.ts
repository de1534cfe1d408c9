import { FencedError, laneOf, type FeedBatch, type LanePositions } from '#feed';
import { type Tx } from './projector.ts';

interface Hold {
  readonly position: number;
  readonly epoch: string;
}

/**
 * Where a projector stands, lane by lane. Its positions move in the transaction that also holds the effects, and
 * only while nobody else has taken the lanes over.
 */
export class Checkpoint {
  private readonly holds = new Map<number, Hold>();

  constructor(
    private readonly schema: string,
    private readonly projector: string,
  ) {}

  /** Raises the epoch, so that the next move of an earlier holder touches no row. */
  async takeOver(db: Tx, lanes: readonly number[]): Promise<LanePositions> {
    const { rows } = await db.query<{ lane: number; position: string; epoch: string }>(
      `INSERT INTO ${this.schema}.checkpoint AS held (projector, lane, position, epoch)
       SELECT $1, lane, 0, 1 FROM unnest($2::int[]) AS lane ORDER BY lane
       ON CONFLICT (projector, lane) DO UPDATE SET epoch = held.epoch + 1
       RETURNING lane, position, epoch`,
      [this.projector, lanes],
    );
    for (const row of rows) this.holds.set(row.lane, { position: Number(row.position), epoch: row.epoch });
    return new Map(rows.map((row) => [row.lane, Number(row.position)]));
  }

  /**
   * What of a batch its lanes have not seen yet. A feed should offer nothing else; a projection that believed it
   * would apply a repetition twice and move its checkpoint back. Every lane stays in, so that fencing still shows.
   */
  unseen({ events, through }: FeedBatch): FeedBatch {
    const reached = (lane: number) => this.holds.get(lane)?.position ?? 0;
    return {
      events: events.filter(({ key, position }) => position > reached(laneOf(key))),
      through: new Map([...through].map(([lane, position]) => [lane, Math.max(position, reached(lane))])),
    };
  }

  /** @throws FencedError when a lane is not at the position and epoch that this instance left it at */
  async move(tx: Tx, through: LanePositions): Promise<void> {
    const lanes = [...through.keys()];
    const held = lanes.map((lane) => this.holds.get(lane));
    if (held.includes(undefined))
      throw new FencedError(`${this.projector} does not hold the lanes ${lanes.join(', ')}`);
    const { rowCount } = await tx.query({
      name: `move_checkpoint_${this.schema}`,
      text: `UPDATE ${this.schema}.checkpoint AS held SET position = moved.position
        FROM unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[]) AS moved (lane, position, old, epoch)
        WHERE held.projector = $1 AND held.lane = moved.lane
          AND held.position = moved.old AND held.epoch = moved.epoch`,
      values: [
        this.projector,
        lanes,
        [...through.values()],
        held.map((hold) => hold?.position),
        held.map((hold) => hold?.epoch),
      ],
    });
    if (rowCount !== lanes.length)
      throw new FencedError(`${this.projector} lost some of the lanes ${lanes.join(', ')}`);
  }

  /** After COMMIT; until then a repetition must still find the old positions. */
  moved(through: LanePositions): void {
    for (const [lane, position] of through) {
      const hold = this.holds.get(lane);
      if (hold !== undefined) this.holds.set(lane, { ...hold, position });
    }
  }
}
