import { randomBytes, randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { type NewEvent } from '#ledger';

/** The ledger's table once more, with the same columns, indexes and partitioning, but nothing that guards it. */
export async function createRawTable(owner: Pool): Promise<void> {
  await owner.query(`
    CREATE SCHEMA raw;
    CREATE TABLE raw.event (LIKE ledger.event INCLUDING ALL) PARTITION BY RANGE (position);
    CREATE TABLE raw.event_000000 PARTITION OF raw.event FOR VALUES FROM (1) TO (5000001);
    CREATE UNIQUE INDEX ON raw.event_000000 (event_id);
    CREATE UNIQUE INDEX ON raw.event_000000 (stream_id, stream_version);
    CREATE TABLE raw.erasable_payload (LIKE ledger.erasable_payload INCLUDING ALL);
  `);
}

const columns = [
  ['position', 'bigint'],
  ['stream_id', 'text'],
  ['stream_version', 'int'],
  ['event_id', 'uuid'],
  ['type', 'text'],
  ['schema_version', 'smallint'],
  ['payload', 'json'],
  ['salt', 'bytea'],
  ['payload_hash', 'bytea'],
  ['key', 'text'],
  ['valid_from', 'date'],
  ['recorded_at', 'timestamptz'],
  ['actor', 'text'],
  ['correlation_id', 'text'],
  ['causation_id', 'text'],
  ['traceparent', 'text'],
  ['leaf_hash', 'bytea'],
] as const;

const parameters = columns.map(([, type], index) => `$${index + 1}::${type}[]`);
const names = columns.map(([name]) => name);

const insert = {
  name: 'raw-insert',
  text: `INSERT INTO raw.event (${names.join(', ')}) SELECT * FROM unnest(${parameters.join(', ')})`,
};

/** As `insert`, with the payloads in the table beside, in the same statement. */
const insertErasable = {
  name: 'raw-insert-erasable',
  text: `WITH given AS (SELECT * FROM unnest(${parameters.join(', ')}) AS g (${names.join(', ')})),
    beside AS (INSERT INTO raw.erasable_payload SELECT position, payload, salt FROM given)
    INSERT INTO raw.event (${names.join(', ')})
    SELECT ${names.map((name) => (name === 'payload' || name === 'salt' ? 'NULL' : name)).join(', ')} FROM given`,
};

const hash = randomBytes(32);
const salt = randomBytes(16);

/** What a service without a ledger would do: one multi-row insert, positions counted by the client. */
export class RawWriter {
  private position = 0;
  private readonly pool: Pool;
  private readonly erasable: boolean;

  constructor(pool: Pool, erasable: boolean, position = 0) {
    this.pool = pool;
    this.erasable = erasable;
    this.position = position;
  }

  async insert(events: readonly NewEvent[]): Promise<void> {
    const stream = `raw-${randomUUID()}`;
    const now = new Date().toISOString();
    const rows = events.map((event, index) => [
      ++this.position,
      stream,
      index + 1,
      event.eventId,
      event.type,
      1,
      JSON.stringify(event.payload),
      salt,
      hash,
      'lachin-corridor',
      null,
      now,
      'key-1',
      'correlation-1',
      null,
      '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      hash,
    ]);
    const values = columns.map((_, column) => rows.map((row) => row[column]));
    await this.pool.query({ ...(this.erasable ? insertErasable : insert), values });
  }
}
