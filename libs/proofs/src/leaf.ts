import { canonicalize } from './canonical-json.ts';
import { sha256 } from './cryptography.ts';
import { hashLeaf } from './tree/merkle.hash.ts';

/**
 * What the Merkle tree vouches for of one event: every column of the ledger. The payload is bound by its salted hash, so
 * it can be erased.
 */
export interface Leaf extends LeafCore {
  readonly v: 2;
  /** The version of the contract that the payload was written with. */
  readonly payloadVersion: number;
  readonly key: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent: string | null;
}

/** Of ledgers that began before causes, keys and payload versions were vouched for. */
export interface FirstLeaf extends LeafCore {
  readonly v: 1;
}

interface LeafCore {
  readonly position: number;
  readonly streamId: string;
  readonly streamVersion: number;
  readonly type: string;
  readonly eventId: string;
  readonly validFrom: string | null;
  /** RFC 3339 in UTC with exactly six digits of a second, as the ledger writes it. */
  readonly recordedAt: string;
  readonly actor: string;
  /** SHA-256 in lower-case hex. */
  readonly payloadHash: string;
}

/** A tile of the tree (C2SP tlog-tiles) gives an entry's length in two bytes. */
export const leafBytesMax = 65_535;

export function leafBytes(leaf: Leaf | FirstLeaf): Buffer {
  return Buffer.from(leafText(leaf));
}

/** Exactly the members of its version, whatever else the value holds. */
export function leafText(leaf: Leaf | FirstLeaf): string {
  const text = canonicalize(leaf.v === 1 ? coreOf(leaf) : { ...coreOf(leaf), ...addedOf(leaf) });
  const byteCount = Buffer.byteLength(text);
  if (byteCount > leafBytesMax) throw new LeafTooLargeError(byteCount);
  return text;
}

function coreOf(leaf: Leaf | FirstLeaf) {
  const { v, position, streamId, streamVersion, type, eventId, validFrom, recordedAt, actor, payloadHash } =
    leaf;
  return { v, position, streamId, streamVersion, type, eventId, validFrom, recordedAt, actor, payloadHash };
}

function addedOf({ payloadVersion, key, correlationId, causationId, traceparent }: Leaf) {
  return { payloadVersion, key, correlationId, causationId, traceparent };
}

/** RFC 6962: a leaf is hashed with a prefix that no inner node has. */
export function leafHash(leaf: Leaf | FirstLeaf): Buffer {
  return hashLeaf(leafBytes(leaf));
}

/** @param salt random and as secret as the payload: without it, a short erased text could be guessed from its hash */
export function payloadHash(salt: Uint8Array, payload: unknown): Buffer {
  return canonicalPayloadHash(salt, canonicalize(payload));
}

/** @param canonical what `canonicalize` gave for the payload */
export function canonicalPayloadHash(salt: Uint8Array, canonical: string): Buffer {
  return sha256(Buffer.concat([salt, Buffer.from(canonical)]));
}

type Cause = Pick<Leaf, 'actor' | 'causationId' | 'correlationId'>;
type Own = Pick<Leaf, 'eventId' | 'key' | 'payloadHash' | 'payloadVersion'>;

/**
 * The pieces of a leaf whose place is not known yet, to be joined where the ledger's lock is held:
 * `${beforePosition}${position},"recordedAt":"${recordedAt}"${beforeVersion}${streamVersion}${end}`.
 * Written out, since canonicalizing an object for each would be a tenth of an append.
 */
export const leafPieces = {
  /** What all events of one append begin with. */
  start: ({ actor, causationId, correlationId }: Cause): string =>
    `{"actor":${canonicalize(actor)},"causationId":${canonicalize(causationId)},` +
    `"correlationId":${canonicalize(correlationId)},`,
  beforePosition: (start: string, { eventId, key, payloadHash: hash, payloadVersion }: Own): string =>
    `${start}"eventId":"${eventId}","key":${canonicalize(key)},"payloadHash":"${hash}",` +
    `"payloadVersion":${payloadVersion},"position":`,
  beforeVersion: (streamId: string): string => `,"streamId":${canonicalize(streamId)},"streamVersion":`,
  end: ({ traceparent, type, validFrom }: Pick<Leaf, 'traceparent' | 'type' | 'validFrom'>): string =>
    `,"traceparent":${canonicalize(traceparent)},"type":${canonicalize(type)},"v":2,` +
    `"validFrom":${canonicalize(validFrom)}}`,
};

export class LeafTooLargeError extends Error {
  readonly code = 'leaf_too_large';

  constructor(byteCount: number) {
    super(`A leaf of ${byteCount} bytes is over the limit of ${leafBytesMax}`);
    this.name = 'LeafTooLargeError';
  }
}
