import { createHash } from 'node:crypto';
import { canonicalize } from './canonical-json.ts';

/** What the Merkle tree vouches for of one event. The payload is bound by its salted hash, so it can be erased. */
export interface Leaf {
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

const leafVersion = 1;
const leafPrefix = Buffer.of(0x00);

export function leafBytes(leaf: Leaf): Buffer {
  const { position, streamId, streamVersion, type, eventId, validFrom, recordedAt, actor, payloadHash } =
    leaf;
  const bytes = Buffer.from(
    canonicalize({
      v: leafVersion,
      position,
      streamId,
      streamVersion,
      type,
      eventId,
      validFrom,
      recordedAt,
      actor,
      payloadHash,
    }),
  );
  if (bytes.length > leafBytesMax) throw new LeafTooLargeError(bytes.length);
  return bytes;
}

/** RFC 6962: a leaf is hashed with a prefix that no inner node has. */
export function leafHash(leaf: Leaf): Buffer {
  return createHash('sha256').update(leafPrefix).update(leafBytes(leaf)).digest();
}

/** @param salt random and as secret as the payload: without it, a short erased text could be guessed from its hash */
export function payloadHash(salt: Uint8Array, payload: unknown): Buffer {
  return canonicalPayloadHash(salt, canonicalize(payload));
}

/** @param canonical what `canonicalize` gave for the payload */
export function canonicalPayloadHash(salt: Uint8Array, canonical: string): Buffer {
  return createHash('sha256').update(salt).update(canonical).digest();
}

/**
 * The pieces of a leaf whose place is not known yet, to be joined where the ledger's lock is held:
 * `${beforePosition}${position},"recordedAt":"${recordedAt}"${beforeVersion}${streamVersion}${end}`.
 * Written out, since canonicalizing an object for each would be a tenth of an append.
 */
export const leafPieces = {
  /** @param hash lower-case hex */
  beforePosition: (actor: string, eventId: string, hash: string): string =>
    `{"actor":${canonicalize(actor)},"eventId":"${eventId}","payloadHash":"${hash}","position":`,
  beforeVersion: (streamId: string): string => `,"streamId":${canonicalize(streamId)},"streamVersion":`,
  end: (type: string, validFrom: string | null): string =>
    `,"type":${canonicalize(type)},"v":${leafVersion},"validFrom":${canonicalize(validFrom)}}`,
};

export class LeafTooLargeError extends Error {
  readonly code = 'leaf_too_large';

  constructor(byteCount: number) {
    super(`A leaf of ${byteCount} bytes is over the limit of ${leafBytesMax}`);
    this.name = 'LeafTooLargeError';
  }
}
