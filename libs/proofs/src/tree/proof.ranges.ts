import { ProofError } from '../proof.error.ts';
import { requireIndexIn, requireSize } from './tree.numbers.ts';

/** The leaves from `start` up to `end`, which is not among them; it stands for the root over them. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Which subtrees make an inclusion proof, from the leaf upwards: PATH of RFC 9162, section 2.1.3.1, as it is written.
 * Whoever has the hashes (tiles, a list) maps them. The verifier is another algorithm, so that one fault does not hide
 * the other.
 */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  requireIndexIn(index, size);
  return path(index, { start: 0, end: size });
}

function path(index: number, range: LeafRange): readonly LeafRange[] {
  if (range.end - range.start === 1) return [];
  const { left, right } = halvesOf(range);
  return index < left.end ? [...path(index, left), right] : [...path(index, right), left];
}

/**
 * Which subtrees make a consistency proof between two sizes: PROOF and SUBPROOF of RFC 9162, section 2.1.4.1. From an
 * empty tree to any, and from a tree to itself, there is nothing to prove but the roots.
 */
export function consistencyRanges(from: number, to: number): readonly LeafRange[] {
  requireSize(from, 'from');
  requireSize(to, 'to');
  if (from > to) throw new ProofError('smaller_than_before', `A tree of ${to} leaves holds none of ${from}`);
  return from === 0 ? [] : subproof(from, { start: 0, end: to }, true);
}

/** @param isOldRoot whether the subtree as it was is the whole old tree, whose root the verifier has */
function subproof(from: number, range: LeafRange, isOldRoot: boolean): readonly LeafRange[] {
  if (from === range.end) return isOldRoot ? [] : [range];
  const { left, right } = halvesOf(range);
  return from <= left.end
    ? [...subproof(from, left, isOldRoot), right]
    : [...subproof(from, right, false), left];
}

/** Split at the largest power of two below the count of leaves. */
function halvesOf({ start, end }: LeafRange): { left: LeafRange; right: LeafRange } {
  let half = 1;
  while (half * 2 < end - start) half *= 2;
  return { left: { start, end: start + half }, right: { start: start + half, end } };
}
