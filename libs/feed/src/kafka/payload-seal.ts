import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const ivByteCount = 12;
const tagByteCount = 16;

/** What a sealed payload belongs to; it opens in no other record. */
export interface SealPlace {
  readonly eventId: string;
  readonly position: number;
}

/**
 * Kafka keeps records until their retention, out of the reach of a redaction. So the payloads that can be erased travel
 * sealed with a key that is derived from their salt: with the salt the key of every copy is destroyed, wherever it is.
 */
export function sealPayload(salt: Uint8Array, place: SealPlace, json: string): Buffer {
  const iv = randomBytes(ivByteCount);
  const sealing = createCipheriv(cipher, keyOf(salt), iv).setAAD(nameOf(place));
  return Buffer.concat([iv, sealing.update(json, 'utf8'), sealing.final(), sealing.getAuthTag()]);
}

/** @throws Error when it was sealed with another salt, belongs to another record, or was altered */
export function openPayload(salt: Uint8Array, place: SealPlace, sealed: Buffer): string {
  if (sealed.length < ivByteCount + tagByteCount) throw new Error('is shorter than a seal');
  const opening = createDecipheriv(cipher, keyOf(salt), sealed.subarray(0, ivByteCount))
    .setAAD(nameOf(place))
    .setAuthTag(sealed.subarray(-tagByteCount));
  const text = opening.update(sealed.subarray(ivByteCount, -tagByteCount), undefined, 'utf8');
  return text + opening.final('utf8');
}

/** For a record whose salt is gone: nobody opens it, and whoever reads it asks the ledger what stands there now. */
export function lostSalt(): Uint8Array {
  return randomBytes(16);
}

/** HKDF-SHA256 (RFC 5869). The salt of the ledger is random, and no salt in the sense of the RFC. */
function keyOf(salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', salt, '', 'corridor-watch feed payload', 32));
}

function nameOf({ eventId, position }: SealPlace): Buffer {
  return Buffer.from(`${position} ${eventId}`);
}
