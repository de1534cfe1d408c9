import fc from 'fast-check';
import { refusal } from '../refusal.fixture.ts';
import { GrowingTree } from '../tree/growing-tree.ts';
import { hashLeaf, rootOfHashes } from '../tree/merkle.hash.ts';
import { consistencyRanges, inclusionRanges } from '../tree/proof.ranges.ts';
import { treeHash } from '../tree/recursive-tree.fixture.ts';
import { verifyConsistency, verifyInclusion } from '../tree/proof.verification.ts';
import { parseTilePath, tilePath, tileWidth, widthIn } from './tile.path.ts';
import { TiledTree } from './tiled-tree.ts';

describe('paths', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 1, index: 17, width: 112 }, 'tile/1/017.p/112'],
    [{ level: 'entries' as const, index: 999, width: 1 }, 'tile/entries/999.p/1'],
    [{ level: 63, index: 1_000, width: 256 }, 'tile/63/x001/000'],
  ])('writes and reads %j as %s', (address, path) => {
    expect(tilePath(address)).toBe(path);
    expect(parseTilePath(path)).toEqual(address);
  });

  it.each([
    '',
    'tile',
    'tile/0',
    'tile/0/0',
    'tile/0/00',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/001',
    'tile/0/001/234',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/000\n',
    'tile/data/000',
    'tile/0/x999/x999/x999/x999/x999/999',
    `tile/0/${'x001/'.repeat(50)}000`,
  ])('refuses %p', (path) => {
    expect(refusal(parseTilePath, path)).toBe('bad_tile_path');
  });

  it('knows the widths that C2SP tlog-tiles gives for 70,000', () => {
    expect([272, 273, 274].map((index) => widthIn(70_000, 0, index))).toEqual([256, 112, 0]);
    expect([0, 1, 2].map((index) => widthIn(70_000, 1, index))).toEqual([256, 17, 0]);
    expect([widthIn(70_000, 2, 0), widthIn(70_000, 3, 0), widthIn(256, 1, 0)]).toEqual([1, 0, 1]);
  });
});

describe('a tree over tiles', () => {
  const leafCount = 70_000;
  const leaves = Array.from({ length: leafCount }, (_, index) => hashLeaf(Buffer.from(String(index))));
  const levels = levelsOver(Buffer.concat(leaves));
  const reads: string[] = [];
  const treeOf = (size: number) =>
    new TiledTree(size, (level, index, width) => {
      reads.push(tilePath({ level, index, width }));
      return Promise.resolve(levels[level]!.subarray(index * 8_192, index * 8_192 + width * 32));
    });

  it('has the root of the recursive definition at every size', async () => {
    for (let size = 0; size <= 600; size += size < 10 ? 1 : 5)
      expect(await treeOf(size).root()).toEqual(treeHash(leaves.slice(0, size)));
  });

  it('gives the proofs of the recursive definition', async () => {
    for (const size of [1, 2, 255, 256, 257, 511, 700]) {
      const rootOver = ({ start, end }: { start: number; end: number }) => treeHash(leaves.slice(start, end));
      for (let at = 0; at < size; at += 23) {
        expect(await treeOf(size).inclusionProof(at)).toEqual(inclusionRanges(at, size).map(rootOver));
        expect(await treeOf(size).consistencyProof(at)).toEqual(consistencyRanges(at, size).map(rootOver));
      }
    }
  });

  it('gives proofs that the verifiers take, at any size', async () => {
    const roots = rootsUpTo(leafCount);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: leafCount }), fc.nat(), fc.nat(), async (size, a, b) => {
        const [index, from] = [a % size, 1 + (b % size)];
        const proof = await treeOf(size).inclusionProof(index);
        verifyInclusion({ index, size, leafHash: leaves[index]!, root: roots(size), proof });
        const consistency = await treeOf(size).consistencyProof(from);
        verifyConsistency({ from, to: size, fromRoot: roots(from), toRoot: roots(size), proof: consistency });
      }),
      { numRuns: 200 },
    );
  });

  it('reads each tile once, and none that a proof does not need', async () => {
    reads.length = 0;
    await treeOf(65_536).inclusionProof(40_000);
    expect(reads.toSorted()).toEqual(['tile/0/156', 'tile/1/000']);
    reads.length = 0;
    await treeOf(70_000).inclusionProof(40_000);
    expect(reads.toSorted()).toEqual(['tile/0/156', 'tile/0/273.p/112', 'tile/1/000', 'tile/1/001.p/17']);
  });

  it('takes a full tile where a partial one was asked for, and refuses one that is short', async () => {
    const full = new TiledTree(300, (level, index) =>
      Promise.resolve(levels[level]!.subarray(index * 8_192, (index + 1) * 8_192)),
    );
    expect(await full.root()).toEqual(treeHash(leaves.slice(0, 300)));
    for (const length of [0, 43 * 32, 44 * 32 - 1]) {
      const short = new TiledTree(300, () => Promise.resolve(Buffer.alloc(length)));
      await expect(short.inclusionProof(299)).rejects.toMatchObject({ code: 'bad_tile' });
    }
  });

  it('tells the roots of its blocks, which lead to its own', async () => {
    for (const size of [0, 1, 256, 257, 65_536, 65_537, 70_000]) {
      const blocks = await treeOf(size).blockRoots();
      expect(blocks.length).toBe(Math.ceil(size / tileWidth) * 32);
      expect(rootOfHashes(blocks)).toEqual(await treeOf(size).root());
    }
  });

  it('refuses leaves that it has not', async () => {
    for (const [index, code] of [
      [300, 'beyond_tree'],
      [-1, 'bad_position'],
      [0.5, 'bad_position'],
    ] as const) {
      await expect(treeOf(300).inclusionProof(index)).rejects.toMatchObject({ code });
    }
    expect(refusal((size: number) => treeOf(size), 2 ** 53)).toBe('bad_size');
  });

  function rootsUpTo(size: number): (size: number) => Buffer {
    const packed = Buffer.alloc((size + 1) * 32);
    const tree = new GrowingTree();
    for (const leaf of leaves) {
      tree.append(leaf);
      tree.root().copy(packed, tree.size * 32);
    }
    return (at) => packed.subarray(at * 32, at * 32 + 32);
  }
});

function levelsOver(leaves: Buffer): Buffer[] {
  const levels = [leaves];
  for (let below = leaves; below.length >= 8_192; below = levels.at(-1)!) {
    const count = Math.floor(below.length / 8_192);
    const tiles = Array.from({ length: count }, (_, at) =>
      rootOfHashes(below.subarray(at * 8_192, (at + 1) * 8_192)),
    );
    levels.push(Buffer.concat(tiles));
  }
  return levels;
}
