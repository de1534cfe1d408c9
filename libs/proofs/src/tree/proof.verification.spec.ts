import fc from 'fast-check';
import { GrowingTree } from './growing-tree.ts';
import { emptyRoot, hashLeaf, rootOfHashes } from './merkle.hash.ts';
import { refusal } from '../refusal.fixture.ts';
import { consistencyRanges, inclusionRanges, type LeafRange } from './proof.ranges.ts';
import { treeHash } from './recursive-tree.fixture.ts';
import { verifyConsistency, verifyInclusion } from './proof.verification.ts';

const sizeMax = 64;
const leafHashes = Array.from({ length: sizeMax }, (_, index) => hashLeaf(Buffer.of(index)));
const rootOver = ({ start, end }: LeafRange) => treeHash(leafHashes.slice(start, end));
const roots = Array.from({ length: sizeMax + 1 }, (_, size) => rootOver({ start: 0, end: size }));

function inclusion(index: number, size: number) {
  const proof = inclusionRanges(index, size).map(rootOver);
  return { index, size, leafHash: leafHashes[index]!, root: roots[size]!, proof };
}

function consistency(from: number, to: number) {
  const proof = consistencyRanges(from, to).map(rootOver);
  return { from, to, fromRoot: roots[from]!, toRoot: roots[to]!, proof };
}

const sizes = fc.integer({ min: 1, max: sizeMax });
const leafAndSize = sizes.chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));
const sizePair = sizes.chain((to) => fc.tuple(fc.integer({ min: 1, max: to }), fc.constant(to)));

describe('inclusion', () => {
  it('is proved for every leaf of every tree up to 64 leaves', () => {
    for (let size = 1; size <= sizeMax; size += 1) {
      for (let index = 0; index < size; index += 1) verifyInclusion(inclusion(index, size));
    }
  });

  it('is proved at one place of one size alone', () => {
    fc.assert(
      fc.property(
        leafAndSize,
        fc.nat(sizeMax),
        fc.integer({ min: 1, max: sizeMax }),
        ([index, size], i, s) => {
          fc.pre(i !== index);
          const claim = inclusion(index, size);
          expect(refusal(verifyInclusion, { ...claim, index: i })).not.toBeNull();
          // The same siblings may lead to the same root where the way up is the same; another root is another tree.
          if (s !== size)
            expect(refusal(verifyInclusion, { ...claim, size: s, root: roots[s]! })).not.toBeNull();
        },
      ),
    );
  });

  it('is refused when any bit of any hash is another', () => {
    fc.assert(
      fc.property(leafAndSize, fc.nat(), ([index, size], bit) => {
        const claim = inclusion(index, size);
        const flipped = flipOf([claim.leafHash, claim.root, ...claim.proof], bit);
        const [leafHash, root, ...proof] = flipped;
        expect(refusal(verifyInclusion, { ...claim, leafHash: leafHash!, root: root!, proof })).toBe(
          'root_mismatch',
        );
      }),
    );
  });

  it.each([
    ['too short', (proof: Buffer[]) => proof.slice(0, -1), 'proof_too_short'],
    ['too short at its start', (proof: Buffer[]) => proof.slice(1), 'proof_too_short'],
    ['too long', (proof: Buffer[]) => [...proof, leafHashes[0]!], 'proof_too_long'],
    ['in another order', (proof: Buffer[]) => proof.toReversed(), 'root_mismatch'],
    ['of hashes cut short', (proof: Buffer[]) => proof.map((hash) => hash.subarray(1)), 'bad_hash'],
  ])('is refused with a proof that is %s', (_what, altered, code) => {
    const claim = inclusion(10, 29);
    expect(refusal(verifyInclusion, { ...claim, proof: altered([...claim.proof]) })).toBe(code);
  });

  it.each([
    [29, 'beyond_tree'],
    [2 ** 53 - 1, 'beyond_tree'],
    [2 ** 53, 'bad_position'],
    [-1, 'bad_position'],
    [1.5, 'bad_position'],
    [NaN, 'bad_position'],
    ['3' as unknown as number, 'bad_position'],
    [3n as unknown as number, 'bad_position'],
  ])('refuses the index %p', (index, code) => {
    expect(refusal(verifyInclusion, { ...inclusion(3, 29), index })).toBe(code);
    expect(refusal(inclusionRanges, index, 29)).toBe(code);
  });
});

describe('consistency', () => {
  it('is proved between all sizes up to 64', () => {
    for (let to = 0; to <= sizeMax; to += 1) {
      for (let from = 0; from <= to; from += 1) verifyConsistency(consistency(from, to));
    }
  });

  it('is proved between two sizes alone', () => {
    fc.assert(
      fc.property(sizePair, sizePair, ([from, to], [otherFrom, otherTo]) => {
        fc.pre(from < to && (from !== otherFrom || to !== otherTo));
        const claim = { ...consistency(otherFrom, otherTo), proof: consistency(from, to).proof };
        expect(refusal(verifyConsistency, claim)).not.toBeNull();
      }),
    );
  });

  it('is refused when any bit of any hash is another', () => {
    fc.assert(
      fc.property(sizePair, fc.nat(), ([from, to], bit) => {
        const claim = consistency(from, to);
        const [fromRoot, toRoot, ...proof] = flipOf([claim.fromRoot, claim.toRoot, ...claim.proof], bit);
        expect(refusal(verifyConsistency, { ...claim, fromRoot: fromRoot!, toRoot: toRoot!, proof })).toBe(
          'root_mismatch',
        );
      }),
    );
  });

  it('is refused with a proof that is too short, too long, or in another order', () => {
    fc.assert(
      fc.property(sizePair, fc.nat(), ([from, to], at) => {
        fc.pre(from < to);
        const claim = consistency(from, to);
        const [first, ...rest] = claim.proof;
        const altered = [rest, claim.proof.slice(0, -1), [...claim.proof, first!], [first!, ...claim.proof]];
        if (rest.length > 0) altered.push(claim.proof.toReversed());
        const proof = altered[at % altered.length]!;
        expect(refusal(verifyConsistency, { ...claim, proof })).not.toBeNull();
      }),
    );
  });

  it('refuses to go back, and to begin with an empty tree that has a root', () => {
    const claim = consistency(5, 9);
    expect(refusal(verifyConsistency, { ...claim, from: 9, to: 5 })).toBe('smaller_than_before');
    expect(refusal(consistencyRanges, 9, 5)).toBe('smaller_than_before');
    expect(refusal(verifyConsistency, { ...claim, from: 0, proof: [] })).toBe('root_mismatch');
    expect(refusal(verifyConsistency, { ...claim, from: 0, fromRoot: emptyRoot })).toBe('proof_too_long');
    expect(refusal(verifyConsistency, { ...claim, from: -1 })).toBe('bad_size');
    expect(refusal(verifyConsistency, { ...claim, to: 2 ** 60 })).toBe('bad_size');
  });

  it('of a tree with itself is the equality of the roots, and takes no proof', () => {
    const claim = consistency(7, 7);
    expect(refusal(verifyConsistency, { ...claim, toRoot: roots[8]! })).toBe('root_mismatch');
    expect(refusal(verifyConsistency, { ...claim, proof: [roots[7]!] })).toBe('proof_too_long');
  });
});

describe('a growing tree', () => {
  it('has at every size the root of the recursive definition, and goes on from its frontier', () => {
    let tree = new GrowingTree();
    for (let size = 0; size <= sizeMax; size += 1) {
      expect(tree.root()).toEqual(roots[size]);
      tree = GrowingTree.restore(size, tree.frontier());
      expect(rootOfHashes(Buffer.concat(leafHashes.slice(0, size)))).toEqual(roots[size]);
      if (size < sizeMax) tree.append(leafHashes[size]!);
    }
  });

  it('finds sizes beyond 31 bits where they are', () => {
    const size = 2 ** 40 + 2 ** 33 + 1;
    const tree = GrowingTree.restore(size, leafHashes.slice(0, 3));
    tree.append(leafHashes[3]!);
    expect(tree.size).toBe(size + 1);
    const pair = treeHash(leafHashes.slice(2, 4));
    expect(tree.frontier()).toEqual([leafHashes[0], leafHashes[1], pair]);
  });

  it('carries over more than 32 levels', () => {
    const frontier = Array.from({ length: 33 }, (_, at) => leafHashes[at]!);
    const tree = GrowingTree.restore(2 ** 33 - 1, frontier);
    tree.append(leafHashes[40]!);
    expect([tree.size, tree.frontier().length]).toEqual([2 ** 33, 1]);
    const carried = frontier.reduceRight((right, left) => treeHash([left, right]), leafHashes[40]!);
    expect(tree.root()).toEqual(carried);
  });

  it('refuses a frontier that does not fit its size', () => {
    expect(refusal(() => GrowingTree.restore(3, [leafHashes[0]!]))).toBe('bad_size');
    expect(refusal(() => GrowingTree.restore(1, [Buffer.alloc(31)]))).toBe('bad_hash');
    expect(refusal(() => GrowingTree.restore(-1, []))).toBe('bad_size');
    expect(
      refusal((hash: Buffer) => {
        new GrowingTree().append(hash);
      }, Buffer.alloc(31)),
    ).toBe('bad_hash');
  });
});

function flipOf(hashes: readonly Uint8Array[], bit: number): Buffer[] {
  const bytes = Buffer.concat(hashes);
  const at = bit % (bytes.length * 8);
  bytes[at >> 3]! ^= 1 << (at & 7);
  return hashes.map((_, index) => bytes.subarray(index * 32, (index + 1) * 32));
}
