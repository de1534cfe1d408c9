import { ProofError } from '../proof.error.ts';
import { emptyRoot, hashChildren, rootOfHashes } from '../tree/merkle.hash.ts';
import { consistencyRanges, inclusionRanges, type LeafRange } from '../tree/proof.ranges.ts';
import { hashByteCount, requireSize } from '../tree/tree.numbers.ts';
import { tileHeight, tileWidth, widthIn } from './tile.path.ts';

/** MUST give the first `width` hashes of the tile, 32 bytes each, side by side. More is no harm: a full tile will do. */
export type ReadTile = (level: number, index: number, width: number) => Promise<Uint8Array>;

/**
 * A tree of one size over its tiles: roots and proofs. Each call reads a tile at most once, and only those in which a
 * hash of the answer lies, three or four at a million leaves.
 */
export class TiledTree {
  readonly size: number;
  readonly #readTile: ReadTile;

  constructor(size: number, readTile: ReadTile) {
    requireSize(size, 'size');
    this.size = size;
    this.#readTile = readTile;
  }

  async root(): Promise<Buffer> {
    if (this.size === 0) return emptyRoot;
    return this.#rootOf({ start: 0, end: this.size }, new Map());
  }

  /** @param index of the leaf, from 0 */
  async inclusionProof(index: number): Promise<readonly Buffer[]> {
    return this.#rootsOf(inclusionRanges(index, this.size));
  }

  async consistencyProof(from: number): Promise<readonly Buffer[]> {
    return this.#rootsOf(consistencyRanges(from, this.size));
  }

  /** The roots over each 256 leaves, and over those that are left, side by side. */
  async blockRoots(): Promise<Buffer> {
    const full = Math.floor(this.size / tileWidth);
    const blocks: Uint8Array[] = [];
    for (let index = 0; index * tileWidth < full; index += 1) {
      const tile = await this.#checkedTile(1, index);
      blocks.push(tile.subarray(0, widthIn(this.size, 1, index) * hashByteCount));
    }
    const rest = this.size % tileWidth;
    if (rest > 0)
      blocks.push(rootOfHashes((await this.#checkedTile(0, full)).subarray(0, rest * hashByteCount)));
    return Buffer.concat(blocks);
  }

  #rootsOf(ranges: readonly LeafRange[]): Promise<readonly Buffer[]> {
    const tiles: Tiles = new Map();
    return Promise.all(ranges.map((range) => this.#rootOf(range, tiles)));
  }

  async #rootOf(range: LeafRange, tiles: Tiles): Promise<Buffer> {
    const roots = await Promise.all(
      perfectSubtrees(range).map((subtree) => this.#perfectRoot(subtree, tiles)),
    );
    return roots.reduceRight((right, left) => hashChildren(left, right));
  }

  async #perfectRoot({ height, index }: PerfectSubtree, tiles: Tiles): Promise<Buffer> {
    const level = Math.floor(height / tileHeight);
    const hashCount = 2 ** (height % tileHeight);
    const first = index * hashCount;
    const tile = await this.#tile(level, Math.floor(first / tileWidth), tiles);
    const start = (first % tileWidth) * hashByteCount;
    return rootOfHashes(tile.subarray(start, start + hashCount * hashByteCount));
  }

  #tile(level: number, index: number, tiles: Tiles): Promise<Uint8Array> {
    const key = `${level}/${index}`;
    const read = tiles.get(key) ?? this.#checkedTile(level, index);
    tiles.set(key, read);
    return read;
  }

  async #checkedTile(level: number, index: number): Promise<Uint8Array> {
    const width = widthIn(this.size, level, index);
    const tile = await this.#readTile(level, index, width);
    if (tile.length % hashByteCount === 0 && tile.length >= width * hashByteCount) return tile;
    throw new ProofError(
      'bad_tile',
      `Tile ${index} of level ${level} has ${tile.length} bytes, and ${width} hashes of ${hashByteCount} were asked for`,
    );
  }
}

type Tiles = Map<string, Promise<Uint8Array>>;

/** 2^height leaves, from the leaf index * 2^height. */
interface PerfectSubtree {
  readonly height: number;
  readonly index: number;
}

/** From left to right; the ranges of proofs begin where their largest subtree may, so the sizes fall. */
function perfectSubtrees({ start, end }: LeafRange): readonly PerfectSubtree[] {
  const subtrees: PerfectSubtree[] = [];
  for (let at = start; at < end;) {
    let height = 0;
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= end) height += 1;
    subtrees.push({ height, index: at / 2 ** height });
    at += 2 ** height;
  }
  return subtrees;
}
