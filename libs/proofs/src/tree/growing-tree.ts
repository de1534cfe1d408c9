import { ProofError } from '../proof.error.ts';
import { emptyRoot, NodeHasher } from './merkle.hash.ts';
import { hashByteCount, requireHash, requireSize } from './tree.numbers.ts';

/** As many levels as the bits of the largest safe integer. */
const levelCount = 53;

/**
 * A tree to which leaves are only added. It holds no more than its *frontier*: the roots of the perfect subtrees that
 * the bits of its size stand for, which is all that later roots depend on.
 */
export class GrowingTree {
  /** At level h the root of the perfect subtree of 2^h leaves, valid where bit h of the size is set. */
  readonly #levels = Buffer.alloc(levelCount * hashByteCount);
  readonly #node = new NodeHasher();
  #size = 0;

  /**
   * @param frontier as `frontier()` gave it, the largest subtree first
   * @throws ProofError where the hashes are not as many as the size asks for
   */
  static restore(size: number, frontier: readonly Uint8Array[]): GrowingTree {
    requireSize(size, 'size');
    const levels = levelsOf(size);
    if (frontier.length !== levels.length) {
      throw new ProofError(
        'bad_size',
        `A tree of ${size} leaves has a frontier of ${levels.length} hashes, not ${frontier.length}`,
      );
    }
    const tree = new GrowingTree();
    tree.#size = size;
    frontier.forEach((hash, index) => {
      requireHash(hash, `frontier[${index}]`);
      tree.#levels.set(hash, (levels[index] ?? 0) * hashByteCount);
    });
    return tree;
  }

  get size(): number {
    return this.#size;
  }

  /** @param offset where the hash begins, in a buffer that holds many */
  append(leafHash: Uint8Array, offset = 0): void {
    requireSize(this.#size + 1, 'size');
    this.#node.setRight(leafHash, offset);
    let level = 0;
    for (let bits = this.#size; bits % 2 === 1; bits = (bits - 1) / 2) {
      this.#node.setLeft(this.#levels, level * hashByteCount);
      this.#node.hashToRight();
      level += 1;
    }
    this.#node.copyRight(this.#levels, level * hashByteCount);
    this.#size += 1;
  }

  root(): Buffer {
    const [lowest, ...higher] = levelsOf(this.#size).reverse();
    if (lowest === undefined) return emptyRoot;
    this.#node.setRight(this.#levels, lowest * hashByteCount);
    for (const level of higher) {
      this.#node.setLeft(this.#levels, level * hashByteCount);
      this.#node.hashToRight();
    }
    const root = Buffer.allocUnsafe(hashByteCount);
    this.#node.copyRight(root, 0);
    return root;
  }

  /** The largest subtree first, that is, from left to right. */
  frontier(): readonly Buffer[] {
    return levelsOf(this.#size).map((level) =>
      Buffer.from(this.#levels.subarray(level * hashByteCount, (level + 1) * hashByteCount)),
    );
  }
}

/** The bits that are set, the highest first. Sizes beyond 2^31 forbid the operators on bits. */
function levelsOf(size: number): number[] {
  const levels: number[] = [];
  for (let level = 0, bits = size; bits > 0; level += 1, bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) levels.unshift(level);
  }
  return levels;
}
