import { type RecordedEvent } from '#events';
import { type Tx } from './projector.ts';

/** Keys whose events wait because one of them could not be applied. */
export class Parking {
  constructor(
    private readonly schema: string,
    private readonly projector: string,
  ) {}

  /** Splits off the events of parked keys, and notes them as waiting. */
  async hold(tx: Tx, events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    if (events.length === 0) return events;
    const { rows } = await tx.query<{ key: string }>({
      name: `parked_keys_${this.schema}`,
      text: `SELECT key FROM ${this.schema}.parked_key WHERE projector = $1`,
      values: [this.projector],
    });
    if (rows.length === 0) return events;
    const parked = new Set(rows.map(({ key }) => key));
    await this.note(
      tx,
      events.filter(({ key }) => parked.has(key)),
    );
    return events.filter(({ key }) => !parked.has(key));
  }

  async park(tx: Tx, poison: RecordedEvent, reason: string): Promise<void> {
    await tx.query(
      `INSERT INTO ${this.schema}.parked_key (projector, key, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [
        this.projector,
        poison.key,
        `${poison.type} at position ${poison.position}: ${reason}`.slice(0, 2_000),
      ],
    );
    await this.note(tx, [poison]);
  }

  async waiting(tx: Tx, key: string): Promise<readonly number[]> {
    const { rows } = await tx.query<{ position: string }>(
      `SELECT position FROM ${this.schema}.parked_event WHERE projector = $1 AND key = $2 ORDER BY position`,
      [this.projector, key],
    );
    return rows.map(({ position }) => Number(position));
  }

  async release(tx: Tx, key: string): Promise<void> {
    await tx.query(`DELETE FROM ${this.schema}.parked_key WHERE projector = $1 AND key = $2`, [
      this.projector,
      key,
    ]);
  }

  async parkedKeys(db: Tx): Promise<readonly { key: string; reason: string }[]> {
    const { rows } = await db.query<{ key: string; reason: string }>(
      `SELECT key, reason FROM ${this.schema}.parked_key WHERE projector = $1 ORDER BY key LIMIT 100`,
      [this.projector],
    );
    return rows;
  }

  private async note(tx: Tx, events: readonly RecordedEvent[]): Promise<void> {
    await tx.query(
      `INSERT INTO ${this.schema}.parked_event (projector, key, position)
       SELECT $1, * FROM unnest($2::text[], $3::bigint[]) ON CONFLICT DO NOTHING`,
      [this.projector, events.map(({ key }) => key), events.map(({ position }) => position)],
    );
  }
}
