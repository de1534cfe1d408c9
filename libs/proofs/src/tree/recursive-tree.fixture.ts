import { createHash } from 'node:crypto';

/** MTH of RFC 6962, section 2.1, word for word: slow, and what all else is measured by. */
export function treeHash(leafHashes: readonly Uint8Array[]): Buffer {
  if (leafHashes.length === 0) return createHash('sha256').digest();
  const [only, ...others] = leafHashes;
  if (only !== undefined && others.length === 0) return Buffer.from(only);
  const k = 2 ** (Math.ceil(Math.log2(leafHashes.length)) - 1);
  return createHash('sha256')
    .update(Buffer.of(0x01))
    .update(treeHash(leafHashes.slice(0, k)))
    .update(treeHash(leafHashes.slice(k)))
    .digest();
}
