import { type Checkpoint } from '../checkpoint/checkpoint.ts';
import { ProofError } from '../proof.error.ts';
import { rootOfHashes } from '../tree/merkle.hash.ts';
import { verifyInclusion } from '../tree/proof.verification.ts';
import { hashByteCount } from '../tree/tree.numbers.ts';
import { blockEventCount } from './bundle.lines.ts';

/** Holds each leaf of a bundle against the signed root; throws ProofError. */
export interface LeafCheck {
  /** Which position must come next; null where any later one may. */
  readonly expected: number | null;
  /** @param leafHashes of the events that follow, side by side */
  leafHashes(leafHashes: Uint8Array): void;
  leaf(position: number, leafHash: Uint8Array, proof: readonly Uint8Array[] | null): void;
}

/**
 * Of the whole ledger: from the signed root down to the blocks, from a block to its leaves. All that a line is held
 * against is proved already, so the first line that does not fit is the one that was altered.
 */
export class WholeLedgerCheck implements LeafCheck {
  readonly #size: number;
  readonly #blocks: Uint8Array;
  #block: Uint8Array = new Uint8Array();
  #nextPosition = 1;

  constructor({ size, root }: Checkpoint, blocks: Uint8Array) {
    this.#size = size;
    this.#blocks = blocks;
    const blockCount = Math.ceil(size / blockEventCount);
    if (blocks.length !== blockCount * hashByteCount) {
      throw new ProofError(
        'tree_altered',
        `${size} events have ${blockCount} blocks, and the header gives others`,
      );
    }
    if (!rootOfHashes(blocks).equals(root)) {
      throw new ProofError('tree_altered', 'the blocks of the header do not lead to the signed root');
    }
  }

  get expected(): number {
    return this.#nextPosition;
  }

  leafHashes(leafHashes: Uint8Array): void {
    const blockIndex = (this.#nextPosition - 1) / blockEventCount;
    if (!Number.isInteger(blockIndex)) {
      throw new ProofError(
        'event_missing',
        `the events of a block end at position ${this.#nextPosition - 1}`,
      );
    }
    const first = this.#nextPosition;
    const last = Math.min(this.#size, first + blockEventCount - 1);
    const wanted = this.#blocks.subarray(blockIndex * hashByteCount, (blockIndex + 1) * hashByteCount);
    if (
      leafHashes.length !== (last - first + 1) * hashByteCount ||
      !rootOfHashes(leafHashes).equals(wanted)
    ) {
      throw new ProofError(
        'tree_altered',
        `the hashes of the positions ${first} to ${last} are not the signed ones`,
      );
    }
    this.#block = leafHashes;
  }

  leaf(position: number, leafHash: Uint8Array, proof: readonly Uint8Array[] | null): void {
    if (proof !== null)
      throw new ProofError('malformed_bundle', 'the events of a whole ledger have no proofs');
    const at = ((position - 1) % blockEventCount) * hashByteCount;
    if (at === 0 && this.#block.length === 0)
      throw new ProofError('event_missing', 'the hashes of its block are missing');
    const wanted = this.#block.subarray(at, at + hashByteCount);
    if (Buffer.compare(wanted, leafHash) !== 0) throw altered();
    this.#nextPosition += 1;
    if (this.#nextPosition % blockEventCount === 1) this.#block = new Uint8Array();
  }
}

/** Of a corridor: each event brings its own way to the root. That none was left out, it does not prove. */
export class ChosenEventsCheck implements LeafCheck {
  readonly expected = null;
  readonly #checkpoint: Checkpoint;
  #lastPosition = 0;

  constructor(checkpoint: Checkpoint) {
    this.#checkpoint = checkpoint;
  }

  leafHashes(): void {
    throw new ProofError('malformed_bundle', 'the events of a corridor bring their own proofs');
  }

  leaf(position: number, leafHash: Uint8Array, proof: readonly Uint8Array[] | null): void {
    if (position <= this.#lastPosition) {
      throw new ProofError('event_altered', `it stands behind position ${this.#lastPosition}`);
    }
    if (proof === null) throw new ProofError('malformed_bundle', 'the event of a corridor has no proof');
    const { size, root } = this.#checkpoint;
    try {
      verifyInclusion({ index: position - 1, size, leafHash, root, proof });
    } catch (error) {
      if (error instanceof ProofError && error.code === 'root_mismatch') throw altered(error);
      throw error;
    }
    this.#lastPosition = position;
  }
}

function altered(cause?: unknown): ProofError {
  return new ProofError('event_altered', 'the event is not the one that was signed', { cause });
}
