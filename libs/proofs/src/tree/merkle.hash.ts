import { sha256, sha256Into } from '../cryptography.ts';
import { hashByteCount, requireHash } from './tree.numbers.ts';

/** RFC 6962, section 2.1. The first byte tells leaves from inner nodes, so that neither can pass for the other. */
const leafPrefix = 0x00;
const nodePrefix = 0x01;

/** MTH({}): the hash of nothing. */
export const emptyRoot: Buffer = sha256('');

export function hashLeaf(entry: Uint8Array): Buffer {
  const prefixed = Buffer.allocUnsafe(entry.length + 1);
  prefixed[0] = leafPrefix;
  prefixed.set(entry, 1);
  return sha256(prefixed);
}

export function hashChildren(left: Uint8Array, right: Uint8Array): Buffer {
  const node = new NodeHasher();
  node.setLeft(left, 0);
  node.setRight(right, 0);
  const hash = Buffer.allocUnsafe(hashByteCount);
  node.hashInto(hash, 0);
  return hash;
}

/**
 * The root over hashes that lie side by side in one buffer, as in a tile: by levels, in place of a copy.
 * @param packed 32 bytes a hash
 */
export function rootOfHashes(packed: Uint8Array): Buffer {
  let count = packed.length / hashByteCount;
  if (count === 0) return emptyRoot;
  const level = Buffer.from(packed);
  const node = new NodeHasher();
  while (count > 1) {
    const pairCount = Math.floor(count / 2);
    for (let pair = 0; pair < pairCount; pair += 1) {
      node.setLeft(level, pair * 2 * hashByteCount);
      node.setRight(level, (pair * 2 + 1) * hashByteCount);
      node.hashInto(level, pair * hashByteCount);
    }
    // An odd one goes up as it is: RFC 6962 splits at the largest power of two, which comes to the same.
    if (count % 2 === 1)
      level.copyWithin(pairCount * hashByteCount, (count - 1) * hashByteCount, count * hashByteCount);
    count = pairCount + (count % 2);
  }
  return level.subarray(0, hashByteCount);
}

/** The 65 bytes of a node, used again for each: one buffer a node would be five times as slow at a million leaves. */
export class NodeHasher {
  readonly #node = Buffer.alloc(1 + 2 * hashByteCount, nodePrefix);

  setLeft(hashes: Uint8Array, offset: number): void {
    this.#set(1, hashes, offset);
  }

  setRight(hashes: Uint8Array, offset: number): void {
    this.#set(1 + hashByteCount, hashes, offset);
  }

  /** The hash of this node becomes the right child of the next: the step by which a tree grows. */
  hashToRight(): void {
    sha256Into(this.#node, 1 + hashByteCount, this.#node);
  }

  hashInto(target: Buffer, offset: number): void {
    sha256Into(target, offset, this.#node);
  }

  copyRight(target: Buffer, offset: number): void {
    this.#node.copy(target, offset, 1 + hashByteCount);
  }

  #set(at: number, hashes: Uint8Array, offset: number): void {
    const hash = hashes.subarray(offset, offset + hashByteCount);
    requireHash(hash, 'a child');
    this.#node.set(hash, at);
  }
}
