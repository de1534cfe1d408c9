import { type Checkpoint } from '../checkpoint/checkpoint.ts';
import { ProofError } from '../proof.error.ts';
import { GrowingTree } from '../tree/growing-tree.ts';
import { verifyConsistency } from '../tree/proof.verification.ts';
import { type BundleHeader } from './bundle.lines.ts';

/**
 * How a bundle stands to the head that its reader trusted last:
 * - `first`: there was none.
 * - `same`: it is that head.
 * - `continued`: it goes on from it, which is proved.
 * - `unconnected`: it may go on from it, and nothing that the bundle holds says so.
 * - `fork`: it does not. Either head was signed by the log, so the log has told two histories.
 * - `older`: it is smaller than the head and not one of those before, so the log went back, or tells another history.
 */
export type Connection = 'first' | 'same' | 'continued' | 'unconnected' | 'fork' | 'older';

/** Holds a new head against those that were trusted before, the last of which is the largest. */
export class TrustedHistory {
  readonly #head: Checkpoint;
  readonly #last: Checkpoint | null;
  readonly #tree: GrowingTree | null;
  readonly #sameSize: Checkpoint | null;
  #connection: Connection;

  constructor(head: Checkpoint, trusted: readonly Checkpoint[], { consistency, corridor }: BundleHeader) {
    const last = trusted.reduce<Checkpoint | null>((a, b) => (a === null || b.size >= a.size ? b : a), null);
    this.#head = head;
    this.#last = last;
    this.#sameSize = trusted.find(({ size }) => size === head.size) ?? null;
    this.#connection = this.#firstLook(consistency);
    const recomputes = corridor === null && this.#connection === 'unconnected';
    this.#tree = recomputes ? new GrowingTree() : null;
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** The trusted head that it was held against: that of its size, or the largest. */
  get comparedWith(): Checkpoint | null {
    return this.#sameSize ?? this.#last;
  }

  /** MUST be given every leaf of a whole ledger: on the way, the tree has the size of the head that was trusted. */
  leaf(leafHash: Uint8Array): void {
    if (this.#tree === null || this.#last === null || this.#tree.size >= this.#last.size) return;
    this.#tree.append(leafHash);
    if (this.#tree.size < this.#last.size) return;
    this.#connection = this.#tree.root().equals(this.#last.root) ? 'continued' : 'fork';
  }

  #firstLook(consistency: BundleHeader['consistency']): Connection {
    const last = this.#last;
    if (last === null) return 'first';
    const { size, root } = this.#head;
    if (this.#sameSize !== null) return Buffer.compare(this.#sameSize.root, root) === 0 ? 'same' : 'fork';
    if (size < last.size) return 'older';
    if (last.size === 0) return 'continued';
    if (consistency?.from !== last.size) return 'unconnected';
    return continues(last, this.#head, consistency.proof) ? 'continued' : 'fork';
  }
}

function continues(last: Checkpoint, head: Checkpoint, proof: readonly Uint8Array[]): boolean {
  try {
    verifyConsistency({ from: last.size, to: head.size, fromRoot: last.root, toRoot: head.root, proof });
    return true;
  } catch (error) {
    if (error instanceof ProofError) return false;
    throw error;
  }
}
