import { ProofError } from '../proof.error.ts';

export const hashByteCount = 32;

/** @throws ProofError `bad_size`; a size is a count of leaves */
export function requireSize(size: number, name: string): void {
  if (!isCount(size)) throw new ProofError('bad_size', `${name} must be a count, and is ${said(size)}`);
}

/** @throws ProofError `bad_position`, or `beyond_tree` where the tree has no such leaf; an index counts from 0 */
export function requireIndexIn(index: number, size: number): void {
  if (!isCount(index)) throw new ProofError('bad_position', `index must be a count, and is ${said(index)}`);
  requireSize(size, 'size');
  if (index >= size) {
    throw new ProofError('beyond_tree', `The tree of ${size} leaves has no leaf with index ${index}`);
  }
}

/** @throws ProofError `bad_hash` */
export function requireHash(hash: Uint8Array, name: string): void {
  if (hash instanceof Uint8Array && hash.length === hashByteCount) return;
  throw new ProofError('bad_hash', `${name} must have ${hashByteCount} bytes, and has ${hash.length}`);
}

function isCount(number: unknown): boolean {
  return Number.isSafeInteger(number) && (number as number) >= 0;
}

/** Of a value that a type does not vouch for, as little as tells what it is. */
function said(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : `a ${typeof value}`;
}
