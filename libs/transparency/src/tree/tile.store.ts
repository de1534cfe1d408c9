import { type Pool, type PoolClient } from 'pg';
import { TiledTree } from '#proofs';
import { hashBytes, type Tile } from './tile-growth.ts';

type Db = Pool | PoolClient;

/** The size of the tree, and the tiles of its right edge, that of the last leaf among them: all it takes to go on. */
export async function readTreeEdge(db: Db): Promise<{ size: number; edge: readonly Tile[] }> {
  const { rows } = await db.query<{
    size: string;
    level: number | null;
    index: string | null;
    hashes: Buffer | null;
  }>({
    name: 'transparency-edge/1',
    text: `SELECT t.size, e.level, e.index, e.hashes
      FROM transparency.tree t
      LEFT JOIN LATERAL (
        SELECT i.level, i.index, i.hashes
        FROM generate_series(0, 6) AS l (level)
        JOIN transparency.tile i ON i.level = l.level AND i.index =
          CASE l.level WHEN 0 THEN (greatest(t.size, 1) - 1) >> 8 ELSE t.size >> (8 * (l.level + 1)) END
      ) e ON true`,
  });
  const edge = rows.flatMap(({ level, index, hashes }) =>
    level === null || index === null || hashes === null ? [] : [{ level, index: Number(index), hashes }],
  );
  return { size: Number(rows[0]?.size ?? 0), edge };
}

/** Adds to tiles and makes new ones. MUST be under the guard of the tree's size: see `moveSize`. */
export async function writeTiles(tx: PoolClient, tiles: readonly Tile[]): Promise<void> {
  await tx.query({
    name: 'transparency-write-tiles/1',
    text: `INSERT INTO transparency.tile (level, index, hashes)
      SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
      ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`,
    values: [
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ hashes }) => hashes),
    ],
  });
}

/** @returns false where somebody else has grown the tree meanwhile */
export async function moveSize(tx: PoolClient, from: number, to: number): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'transparency-move-size/1',
    text: 'UPDATE transparency.tree SET size = $2 WHERE size = $1',
    values: [from, to],
  });
  return rowCount === 1;
}

/** @returns the first hashes of the tile; null where it has not that many */
export async function readTile(db: Db, asked: TileAsked): Promise<Buffer | null> {
  return (await readTiles(db, [asked]))[0] ?? null;
}

/** The tree as it was at a size, for roots and proofs: one round trip for each, however many tiles it takes. */
export function treeAt(db: Db, size: number): TiledTree {
  let waiting: { asked: TileAsked; resolve: (tile: Buffer) => void; reject: (error: unknown) => void }[] = [];
  const fetch = (): void => {
    const batch = waiting;
    waiting = [];
    readTiles(
      db,
      batch.map(({ asked }) => asked),
    ).then(
      (tiles) => {
        // A tile that is missing is too short for the tree, which says so.
        batch.forEach(({ resolve }, at) => {
          resolve(tiles[at] ?? Buffer.alloc(0));
        });
      },
      (error: unknown) => {
        batch.forEach(({ reject }) => {
          reject(error);
        });
      },
    );
  };
  return new TiledTree(size, (level, index, width) => {
    if (waiting.length === 0) queueMicrotask(fetch);
    return new Promise((resolve, reject) => {
      waiting.push({ asked: { level, index, width }, resolve, reject });
    });
  });
}

interface TileAsked {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

async function readTiles(db: Db, asked: readonly TileAsked[]): Promise<readonly (Buffer | null)[]> {
  const { rows } = await db.query<{ n: string; hashes: Buffer }>({
    name: 'transparency-tiles/1',
    text: `SELECT a.n, substring(t.hashes FOR a.bytes) AS hashes
      FROM unnest($1::smallint[], $2::bigint[], $3::int[]) WITH ORDINALITY AS a (level, index, bytes, n)
      JOIN transparency.tile t ON t.level = a.level AND t.index = a.index AND length(t.hashes) >= a.bytes`,
    values: [
      asked.map(({ level }) => level),
      asked.map(({ index }) => index),
      asked.map(({ width }) => width * hashBytes),
    ],
  });
  const found = new Map(rows.map(({ n, hashes }) => [Number(n) - 1, hashes]));
  return asked.map((_, at) => found.get(at) ?? null);
}
