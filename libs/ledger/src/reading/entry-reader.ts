import { type Pool } from 'pg';
import { type LedgerHead, type LedgerPage } from '../ledger.ts';
import { failureOf, unavailable } from '../postgres-failure.ts';
import { type LedgerEntry, entryOf, recordedColumns, type RecordedRow, rowTypes } from './recorded-row.ts';

export const pageLimitMax = 10_000;

/** Every event in ledger order, the erased ones too. */
export class EntryReader {
  constructor(private readonly pool: Pool) {}

  async page({ after, through = Number.MAX_SAFE_INTEGER, limit, types }: LedgerPage): Promise<LedgerEntry[]> {
    if (!Number.isInteger(limit) || limit < 1 || limit > pageLimitMax) {
      throw new RangeError(`A page has 1 to ${pageLimitMax} events, not ${limit}`);
    }
    const ofTypes = types === undefined ? '' : 'AND e.type = ANY ($4)';
    return this.entries(
      types === undefined ? 'ledger-page/1' : 'ledger-page-of-types/1',
      `WHERE e.position > $1 AND e.position <= $2 ${ofTypes} ORDER BY e.position LIMIT $3`,
      types === undefined ? [after, through, limit] : [after, through, limit, types],
    );
  }

  /** Those at the given positions, in ledger order. */
  async at(positions: readonly number[]): Promise<LedgerEntry[]> {
    if (positions.length > pageLimitMax)
      throw new RangeError(`At most ${pageLimitMax} positions are read at once, not ${positions.length}`);
    return this.entries('ledger-at/1', 'WHERE e.position = ANY ($1) ORDER BY e.position', [positions]);
  }

  stream(streamId: string, afterVersion: number, limit: number): Promise<LedgerEntry[]> {
    return this.entries(
      'ledger-stream/1',
      'WHERE e.stream_id = $1 AND e.stream_version > $2 ORDER BY e.stream_version LIMIT $3',
      [streamId, afterVersion, limit],
    );
  }

  async head(): Promise<LedgerHead> {
    const [row] = await this.rows<[number, string | null]>(
      'ledger-head/1',
      `SELECT position, recorded_at AT TIME ZONE 'UTC' FROM ledger.head`,
      [],
    );
    if (row === undefined) throw unavailable(new Error('ledger.head is empty'));
    return { position: row[0], recordedAt: row[1] };
  }

  async positionAt(instant: Date): Promise<number> {
    const [row] = await this.rows<[number]>('ledger-position-at/1', 'SELECT ledger.position_at($1)', [
      instant,
    ]);
    return row?.[0] ?? 0;
  }

  private async entries(name: string, where: string, values: unknown[]): Promise<LedgerEntry[]> {
    const text = `SELECT ${recordedColumns} FROM ledger.event e ${where}`;
    return (await this.rows<RecordedRow>(name, text, values)).map(entryOf);
  }

  private async rows<Row extends readonly unknown[]>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    try {
      const query = { name, text, values, rowMode: 'array' as const, types: rowTypes };
      return (await this.pool.query<Row & unknown[]>(query)).rows;
    } catch (error) {
      throw failureOf(error, false) === 'rejected' ? error : unavailable(error);
    }
  }
}
