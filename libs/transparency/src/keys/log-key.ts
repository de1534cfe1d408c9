import { randomBytes } from 'node:crypto';
import { signatureTypes, signerKey, type SignerKey } from '#proofs';

/**
 * A name that no other log has and that needs no domain: `.internal` is reserved for private use. The random part keeps
 * two installations apart, whose checkpoints would else contradict each other.
 */
export function freshOrigin(): string {
  return `corridor-watch.internal/${randomBytes(8).toString('hex')}`;
}

/** C2SP tlog-checkpoint wants the key of a log to carry the log's origin as its name. */
export function freshLogKey(origin: string): SignerKey {
  return signerKey(origin, signatureTypes.note, randomBytes(32));
}
