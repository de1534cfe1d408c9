import { ProofError } from '../proof.error.ts';
import { emptyRoot, hashChildren } from './merkle.hash.ts';
import { requireHash, requireIndexIn, requireSize } from './tree.numbers.ts';

export interface InclusionClaim {
  /** Of the leaf, from 0. */
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * RFC 9162, section 2.1.3.2, step by step. `fn` and `sn` are the places of the node and of the last node in its level.
 * @throws ProofError
 */
export function verifyInclusion({ index, size, leafHash, root, proof }: InclusionClaim): void {
  requireIndexIn(index, size);
  requireHashes({ leafHash, root }, proof);
  let fn = index;
  let sn = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (sn === 0) throw tooLong(proof);
    if (isOdd(fn) || fn === sn) {
      hash = hashChildren(sibling, hash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [halved(fn), halved(sn)];
    } else {
      hash = hashChildren(hash, sibling);
    }
    [fn, sn] = [halved(fn), halved(sn)];
  }
  if (sn !== 0) throw tooShort(proof);
  requireRoot(hash, root, `leaf ${index} and its proof`, size);
}

export interface ConsistencyClaim {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * RFC 9162, section 2.1.4.2, step by step. Between equal sizes the roots must be equal; an empty tree is a beginning of
 * every other. Neither needs a proof, and neither takes one.
 * @throws ProofError
 */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: ConsistencyClaim): void {
  requireSize(from, 'from');
  requireSize(to, 'to');
  if (from > to) {
    throw new ProofError('smaller_than_before', `The tree of ${to} leaves is smaller than that of ${from}`);
  }
  // Nothing is hashed where the sizes are equal, and the public vectors hold roots of any length equal to themselves.
  if (from < to) requireHashes({ fromRoot, toRoot }, proof);
  if (from === 0) requireRoot(emptyRoot, fromRoot, 'no leaf', 0);
  if (from === to) requireRoot(fromRoot, toRoot, 'the other tree', to);
  if (from === 0 || from === to) {
    if (proof.length > 0) throw tooLong(proof);
    return;
  }
  const [first, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof;
  if (first === undefined) throw tooShort(proof);
  let fn = from - 1;
  let sn = to - 1;
  while (isOdd(fn)) [fn, sn] = [halved(fn), halved(sn)];
  let oldHash = first;
  let newHash = first;
  for (const sibling of rest) {
    if (sn === 0) throw tooLong(proof);
    if (isOdd(fn) || fn === sn) {
      oldHash = hashChildren(sibling, oldHash);
      newHash = hashChildren(sibling, newHash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [halved(fn), halved(sn)];
    } else {
      newHash = hashChildren(newHash, sibling);
    }
    [fn, sn] = [halved(fn), halved(sn)];
  }
  if (sn !== 0) throw tooShort(proof);
  requireRoot(oldHash, fromRoot, 'the proof', from);
  requireRoot(newHash, toRoot, 'the proof', to);
}

/** Sizes go beyond 2^31, where the operators on bits would cut them. */
function isOdd(number: number): boolean {
  return number % 2 === 1;
}

function halved(number: number): number {
  return Math.floor(number / 2);
}

function isPowerOfTwo(size: number): boolean {
  let rest = size;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

function requireHashes(named: Record<string, Uint8Array>, proof: readonly Uint8Array[]): void {
  for (const [name, hash] of Object.entries(named)) requireHash(hash, name);
  proof.forEach((hash, index) => {
    requireHash(hash, `proof[${index}]`);
  });
}

function requireRoot(computed: Uint8Array, root: Uint8Array, from: string, size: number): void {
  if (Buffer.compare(computed, root) === 0) return;
  const [is, should] = [computed, root].map((hash) => Buffer.from(hash).toString('base64'));
  throw new ProofError('root_mismatch', `The root over ${from} is ${is}, not ${should} as for size ${size}`);
}

function tooLong(proof: readonly Uint8Array[]): ProofError {
  return new ProofError(
    'proof_too_long',
    `The proof has ${proof.length} hashes, more than the sizes ask for`,
  );
}

function tooShort(proof: readonly Uint8Array[]): ProofError {
  return new ProofError(
    'proof_too_short',
    `The proof has ${proof.length} hashes, fewer than the sizes ask for`,
  );
}
