import { NotCanonicalizableError } from '../canonical-json.ts';
import { parseCheckpoint, type Checkpoint } from '../checkpoint/checkpoint.ts';
import { type OpenedCheckpoint } from '../checkpoint/signed-checkpoint.ts';
import { canonicalPayloadHash, LeafTooLargeError } from '../leaf.ts';
import { parseNote } from '../note/signed-note.ts';
import { ProofError } from '../proof.error.ts';
import { hashLeaf } from '../tree/merkle.hash.ts';
import { openTrusted, type TrustFile } from '../trust/trust-file.ts';
import { BundleError } from './bundle.error.ts';
import { type BundleHeader } from './bundle.lines.ts';
import { parseBundleLine, parseHeader, type ReadEvent } from './bundle.parser.ts';
import { Erasures } from './erasures.ts';
import { ChosenEventsCheck, type LeafCheck, WholeLedgerCheck } from './leaf.checks.ts';
import { type Connection, TrustedHistory } from './trusted-history.ts';

/** What the first line says, before it is believed: a reader picks by it whom to trust. */
export interface ClaimedBundle {
  readonly header: BundleHeader;
  /** Not yet believed. */
  readonly claimed: Checkpoint;
}

export interface VerifiedBundle {
  readonly opened: OpenedCheckpoint;
  readonly corridor: string | null;
  readonly eventCount: number;
  /** Of those, the payloads that are gone by an event of the ledger. */
  readonly erasedCount: number;
  readonly connection: Connection;
}

/** @param line the first of the bundle, without its end. @throws BundleError */
export function readBundleHeader(line: string): ClaimedBundle {
  return located(1, () => {
    const header = parseHeader(line);
    return { header, claimed: parseCheckpoint(parseNote(header.checkpoint).text) };
  });
}

/**
 * Verifies a bundle line by line, holding one line: the header is opened and held against the trusted heads, then each
 * event against the tree, its payload against its hash, and at the end the count. The first fault is thrown.
 */
export class BundleVerification {
  readonly opened: OpenedCheckpoint;
  readonly #header: BundleHeader;
  readonly #leaves: LeafCheck;
  readonly #history: TrustedHistory;
  readonly #erasures = new Erasures();
  #eventCount = 0;
  #lineNumber = 1;
  #isEnded = false;

  /** @throws BundleError where the header does not hold */
  constructor({ header }: ClaimedBundle, trust: TrustFile, trustedHeads: readonly Checkpoint[]) {
    this.#header = header;
    this.opened = located(1, () => openTrusted(header.checkpoint, trust));
    const { checkpoint } = this.opened;
    this.#history = new TrustedHistory(checkpoint, trustedHeads, header);
    this.#leaves = located(1, () => leafCheckOf(header, checkpoint));
  }

  /** Events that hold, so far. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** Whether the log tells another history than before may be known before the last line. */
  get connection(): Connection {
    return this.#history.connection;
  }

  /** The trusted head that decided it. */
  get comparedWith(): Checkpoint | null {
    return this.#history.comparedWith;
  }

  /** @param line any behind the header, without its end. @throws BundleError */
  take(line: string, lineNumber: number): void {
    this.#lineNumber = lineNumber;
    const parsed = located(lineNumber, () => parseBundleLine(line));
    if (this.#isEnded) throw new BundleError('malformed_bundle', lineNumber, null, 'the bundle had ended');
    switch (parsed.kind) {
      case 'leafHashes':
        located(
          lineNumber,
          () => {
            this.#leaves.leafHashes(parsed.leafHashes);
          },
          this.#leaves.expected,
        );
        return;
      case 'event':
        located(
          lineNumber,
          () => {
            this.#event(parsed.read());
          },
          parsed.position,
        );
        return;
      case 'end':
        this.#end(parsed.eventCount);
    }
  }

  /** @throws BundleError where lines are missing */
  finish(): VerifiedBundle {
    if (!this.#isEnded) {
      const message = `the bundle is cut off: ${this.#eventCount} of ${this.#header.eventCount} events are there`;
      throw new BundleError('truncated', this.#lineNumber, null, message);
    }
    this.#erasures.requireAllNamed();
    return {
      opened: this.opened,
      corridor: this.#header.corridor,
      eventCount: this.#eventCount,
      erasedCount: this.#erasures.count,
      connection: this.#history.connection,
    };
  }

  #event({ event: { leaf, content, proof }, written }: ReadEvent): void {
    const { position, payloadHash, type } = leaf;
    const { size } = this.opened.checkpoint;
    if (position > size) {
      throw new ProofError(
        'beyond_tree',
        `the checkpoint has ${size} events, so it proves nothing of this position`,
      );
    }
    const { expected } = this.#leaves;
    if (expected !== null && expected !== position) {
      const message = `the event is missing, and that of position ${position} stands here`;
      throw new BundleError('event_missing', this.#lineNumber, expected, message);
    }
    const leafHash = hashLeaf(Buffer.from(written.leaf));
    this.#leaves.leaf(position, leafHash, proof);
    this.#history.leaf(leafHash);
    if ('erasedBy' in content) {
      this.#erasures.missing(position, content, written, this.#lineNumber);
    } else if (canonicalPayloadHash(content.salt, written.content).toString('hex') === payloadHash) {
      this.#erasures.read(position, type, content.payload);
    } else {
      throw new ProofError('payload_altered', 'the payload, or its salt, is not the one that was signed');
    }
    this.#eventCount += 1;
  }

  #end(eventCount: number): void {
    this.#isEnded = true;
    const counts = [this.#header.eventCount, eventCount, this.#eventCount];
    if (new Set(counts).size === 1) return;
    const message = `the header tells of ${counts[0]} events and the end of ${counts[1]}; there are ${counts[2]}`;
    throw new BundleError('event_count', this.#lineNumber, null, message);
  }
}

function leafCheckOf({ corridor, blocks, eventCount }: BundleHeader, checkpoint: Checkpoint): LeafCheck {
  if (corridor !== null) return new ChosenEventsCheck(checkpoint);
  if (eventCount !== checkpoint.size) {
    throw new ProofError(
      'event_count',
      `the header tells of ${eventCount} events, and the whole ledger has ${checkpoint.size}`,
    );
  }
  return new WholeLedgerCheck(checkpoint, blocks ?? new Uint8Array());
}

/** Says of a fault where it was found. */
function located<Result>(lineNumber: number, act: () => Result, position: number | null = null): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof BundleError) throw error;
    if (error instanceof NotCanonicalizableError || error instanceof LeafTooLargeError) {
      throw new BundleError('malformed_bundle', lineNumber, position, error.message, { cause: error });
    }
    if (!(error instanceof ProofError)) throw error;
    throw new BundleError(error.code, lineNumber, position, error.message, { cause: error });
  }
}
