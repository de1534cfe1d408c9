import { type Pool, type PoolClient } from 'pg';

type Db = Pool | PoolClient;

/** A checkpoint as it was published. */
export interface PublishedCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  /** The signed note, with the signature lines that came to it since. */
  readonly note: string;
  /** Of the last event that it covers; RFC 3339 with microseconds. */
  readonly recordedAt: string;
  readonly publishedAt: string;
}

interface Row {
  readonly size: string;
  readonly root: Buffer;
  readonly note: string;
  readonly lines: string | null;
  readonly recorded_at: string;
  readonly published_at: string;
}

const columns = `c.size, c.root, c.note,
  (SELECT string_agg(s.line, '' ORDER BY s.received_at, s.vkey) FROM transparency.cosignature s WHERE s.size = c.size) AS lines,
  to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at,
  to_char(c.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS published_at`;

/** @param witnessesMin how many witnesses must have cosigned it @returns null where there is none yet */
export async function latestCheckpoint(db: Db, witnessesMin = 0): Promise<PublishedCheckpoint | null> {
  const { rows } = await db.query<Row>(
    witnessesMin === 0
      ? {
          name: 'transparency-latest/1',
          text: `SELECT ${columns} FROM transparency.checkpoint c ORDER BY c.size DESC LIMIT 1`,
        }
      : {
          name: 'transparency-latest-witnessed/1',
          text: `SELECT ${columns} FROM transparency.checkpoint c
            WHERE c.size = (SELECT s.size FROM transparency.cosignature s
              WHERE NOT EXISTS (SELECT FROM transparency.signing_key k WHERE k.vkey = s.vkey)
              GROUP BY s.size HAVING count(*) >= $1 ORDER BY s.size DESC LIMIT 1)`,
          values: [witnessesMin],
        },
  );
  return rows[0] === undefined ? null : checkpointOf(rows[0]);
}

export async function checkpointOfSize(db: Db, size: number): Promise<PublishedCheckpoint | null> {
  const { rows } = await db.query<Row>({
    name: 'transparency-checkpoint/1',
    text: `SELECT ${columns} FROM transparency.checkpoint c WHERE c.size = $1`,
    values: [size],
  });
  return rows[0] === undefined ? null : checkpointOf(rows[0]);
}

/** MUST be under `lockSigning`. The moment of its last event comes from the ledger. */
export async function insertCheckpoint(
  tx: PoolClient,
  size: number,
  root: Buffer,
  note: string,
): Promise<void> {
  await tx.query({
    name: 'transparency-insert-checkpoint/1',
    text: `INSERT INTO transparency.checkpoint (size, root, note, recorded_at)
      SELECT $1, $2, $3, e.recorded_at FROM ledger.event e WHERE e.position = $1`,
    values: [size, root, note],
  });
}

/** A signature line that came later; the first of a key stays. */
export async function insertCosignature(db: Db, size: number, vkey: string, line: string): Promise<void> {
  await db.query(
    `INSERT INTO transparency.cosignature (size, vkey, line) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [size, vkey, line],
  );
}

function checkpointOf({ size, root, note, lines, recorded_at, published_at }: Row): PublishedCheckpoint {
  return {
    size: Number(size),
    root,
    note: note + (lines ?? ''),
    recordedAt: recorded_at,
    publishedAt: published_at,
  };
}
