import { rootOfHashes, tileWidth } from '#proofs';

export const hashBytes = 32;
export const fullTileBytes = tileWidth * hashBytes;

export interface Tile {
  readonly level: number;
  readonly index: number;
  /** 1 to 256 hashes, side by side. */
  readonly hashes: Buffer;
}

/**
 * The tiles that are new or longer when leaves are added to a tree: those of its right edge, level by level. A tile
 * that gets full adds its root to the level above.
 * @param edge the tiles of the right edge, at most one a level
 * @param leafHashes side by side
 */
export function grownTiles(size: number, edge: readonly Tile[], leafHashes: Buffer): readonly Tile[] {
  const grown: Tile[] = [];
  let added = leafHashes;
  let count = size;
  for (let level = 0; added.length > 0; level += 1) {
    const tiles = continued(level, count, edge, added);
    grown.push(...tiles);
    const full = tiles.filter(({ hashes }) => hashes.length === fullTileBytes);
    added = Buffer.concat(full.map(({ hashes }) => rootOfHashes(hashes)));
    count = Math.floor(count / tileWidth);
  }
  return grown;
}

/** @param count of the hashes that the level has */
function continued(level: number, count: number, edge: readonly Tile[], added: Buffer): Tile[] {
  const first = Math.floor(count / tileWidth);
  const hashes = Buffer.concat([begunTile(level, count, edge), added]);
  const tileCount = Math.ceil(hashes.length / fullTileBytes);
  return Array.from({ length: tileCount }, (_, offset) => ({
    level,
    index: first + offset,
    hashes: hashes.subarray(offset * fullTileBytes, (offset + 1) * fullTileBytes),
  }));
}

function begunTile(level: number, count: number, edge: readonly Tile[]): Buffer {
  const begunBytes = (count % tileWidth) * hashBytes;
  if (begunBytes === 0) return Buffer.alloc(0);
  const index = Math.floor(count / tileWidth);
  const tile = edge.find((each) => each.level === level && each.index === index);
  if (tile?.hashes.length !== begunBytes) {
    throw new Error(
      `Tile ${index} of level ${level} should have ${begunBytes} bytes, and has ${tile?.hashes.length ?? 0}`,
    );
  }
  return tile.hashes;
}
