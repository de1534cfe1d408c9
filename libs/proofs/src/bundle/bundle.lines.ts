import { canonicalize } from '../canonical-json.ts';
import { type FirstLeaf, type Leaf, leafText } from '../leaf.ts';
import { base64Of } from '../plain-text.ts';

/**
 * A bundle is NDJSON: a header, the events in the order of their positions, an end. It verifies offline. Each line is
 * the RFC 8785 form of its record, so nothing can stand in it twice, or beside what is proved.
 *
 * Of a whole ledger it holds the tree from the root downwards, so that what was altered is found where it stands: the
 * root over each 256 events in the header, and before each 256 events a line with the hashes of their leaves (the tile
 * of level 0). Of a corridor, each event brings its inclusion proof.
 */
export const bundleFormat = 'corridor-watch-bundle/1';

/** Events whose hashes stand in one line before them: as many as a tile holds. */
export const blockEventCount = 256;

export interface BundleHeader {
  /** Whose events these are; null for the whole ledger, from position 1 to the size of the checkpoint. */
  readonly corridor: string | null;
  readonly eventCount: number;
  /** The signed note, with the cosignatures that it had. */
  readonly checkpoint: string;
  /** The keys by the log's own account, a trust file: for who has no other, on first use. */
  readonly trust: string;
  /** From a size that the asker named. */
  readonly consistency: { readonly from: number; readonly proof: readonly Uint8Array[] } | null;
  /** The roots over each 256 leaves and over the rest, side by side; null for a corridor. */
  readonly blocks: Uint8Array | null;
}

export interface BundledEvent {
  readonly leaf: Leaf | FirstLeaf;
  readonly content: BundledPayload | ErasedPayload;
  /** Null where the whole ledger is told. */
  readonly proof: readonly Uint8Array[] | null;
}

export interface BundledPayload {
  readonly salt: Uint8Array;
  readonly payload: unknown;
}

/** The payload is gone. The event at `erasedBy` MUST be in the bundle: it holds the hash of the stub. */
export interface ErasedPayload {
  readonly erasedBy: number;
  readonly stub: unknown;
}

export function headerLine({
  blocks,
  checkpoint,
  consistency,
  corridor,
  eventCount,
  trust,
}: BundleHeader): string {
  const proof = consistency && { from: consistency.from, proof: consistency.proof.map(base64Of) };
  return line({
    blocks: blocks && base64Of(blocks),
    checkpoint,
    consistency: proof,
    corridor,
    eventCount,
    format: bundleFormat,
    trust,
  });
}

/** @param leafHashes of up to 256 events that follow, side by side; for a whole ledger */
export function leafHashesLine(leafHashes: Uint8Array): string {
  return line({ leafHashes: base64Of(leafHashes) });
}

export function eventLine(event: BundledEvent): string {
  return writtenEvent(event).line;
}

/** By the count a reader sees that nothing was cut off. */
export function endLine(eventCount: number): string {
  return line({ end: { eventCount } });
}

export interface WrittenEvent {
  readonly line: string;
  readonly leaf: string;
  /** Of the payload, or of its stub. */
  readonly content: string;
}

/** The line, and its parts that are hashed. Members stand in the order of the alphabet, as RFC 8785 demands. */
export function writtenEvent({ leaf, content, proof }: BundledEvent): WrittenEvent {
  const leafPart = leafText(leaf);
  const proofPart = proof === null ? '' : `,"proof":${canonicalize(proof.map(base64Of))}`;
  if ('erasedBy' in content) {
    const stub = canonicalize(content.stub);
    const erased = `{"erasedBy":${canonicalize(content.erasedBy)},"stub":${stub}}`;
    return { line: `{"erased":${erased},"leaf":${leafPart}${proofPart}}\n`, leaf: leafPart, content: stub };
  }
  const payload = canonicalize(content.payload);
  const salt = Buffer.from(content.salt).toString('hex');
  return {
    line: `{"leaf":${leafPart},"payload":${payload}${proofPart},"salt":"${salt}"}\n`,
    leaf: leafPart,
    content: payload,
  };
}

function line(record: object): string {
  return `${canonicalize(record)}\n`;
}
